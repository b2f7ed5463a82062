/* TaskGroup: tasks that a block waits for, and that fall together.
 *
 * The order of events is that of CPython 3.11.2, Lib/asyncio/taskgroups.py.  Operations: see
 * sync.h.
 *
 * Invariants: the children are those tasks whose done callback has not run yet, in order of
 * creation; the first failure of a child cancels the others and the parent, once.
 */
#ifndef SIM_GROUP_H
#define SIM_GROUP_H

#include "task.h"

struct sim_group_child;

struct sim_group {
    struct sim_loop *loop;
    sim_value owner;         /* the guest's object that it is part of; NULL: none */
    struct sim_task *parent; /* retained once entered */
    struct sim_group_child *first, *last;
    uint32_t pending, created; /* children now, and ever */
    sim_value *errors;         /* owned, error_count of them */
    uint32_t error_count, error_capacity;
    sim_value base_error;      /* owned */
    struct sim_future *waiter; /* of the exit, until the last child is done; retained */
    uint32_t id;               /* in the trace */
    bool entered, exiting, aborting;
    bool parent_cancel_requested;
};

/* Whether a task may be created in it. */
enum sim_group_state {
    SIM_GROUP_OPEN,
    SIM_GROUP_NOT_ENTERED,
    SIM_GROUP_FINISHED,
    SIM_GROUP_SHUTTING_DOWN
};

/* __aexit__ */
struct sim_group_exit {
    struct sim_frame frame;
    struct sim_group *group;
    struct sim_kept body;      /* how the block ended */
    struct sim_kept propagate; /* the CancelledError to raise */
};

void sim_group_init(struct sim_group *group);
void sim_group_fini(struct sim_group *group);

/* __aenter__ by the loop's current task.  Errors: SIM_ESTATE if it was entered before, SIM_EINVAL
 * if there is no task. */
int sim_group_enter(struct sim_group *group, struct sim_loop *loop) SIM_MUST_CHECK;

/* Calls `visit` for each child, until it answers other than 0: then that is the answer. */
int sim_group_each(const struct sim_group *group, int (*visit)(void *user, struct sim_task *task),
                   void *user);

enum sim_group_state sim_group_state(const struct sim_group *group);
/* The second half of create_task: takes a new task of an open group under its wing.  Errors:
 * SIM_ENOMEM. */
int sim_group_add(struct sim_group *group, struct sim_task *task) SIM_MUST_CHECK;

/* Leaves the block, which ended by SIM_RESUME_SEND, or by `exception` (borrowed): CANCEL if it is a
 * CancelledError, else THROW.  Raises the group of the errors, a base error or the cancellation; if
 * it returns, an exception of the block goes on. */
void sim_group_exit_init(struct sim_group_exit *op, struct sim_group *group,
                         enum sim_flag_resume how, sim_value exception);

#endif
