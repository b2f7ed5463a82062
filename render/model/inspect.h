/* Inspection: all that is known of one thing at a moment, as rows of text that lead on to others.
 *
 * Invariants:
 *  - What is said is a pure function of (model, thing, moment): frames and variables are not in the
 *    model, see frames.h.
 *  - A thing that the model does not have is one of kind NONE; long lists say how much they leave
 *    out.
 */
#ifndef RND_INSPECT_H
#define RND_INSPECT_H

#include "state.h"

enum rnd_thing_kind {
    RND_THING_NONE,
    RND_THING_TASK,     /* id: its number, or RND_THREAD | a thread's */
    RND_THING_TIMER,    /* id: index */
    RND_THING_CALLBACK, /* id: its handle */
    RND_THING_OBJECT,   /* a lock, a queue ...; id: index */
    RND_THING_FUTURE    /* id: its own; a gather, a wait, a group are those of their futures */
};
struct rnd_thing {
    enum rnd_thing_kind kind;
    uint32_t id;
};

enum rnd_fact_style {
    RND_FACT_HEADING, /* of what follows */
    RND_FACT_PAIR,    /* a label, and what it is */
    RND_FACT_ITEM,    /* one of a list: its text, and at the end its label */
    RND_FACT_CHART,   /* the levels of an object over the run: a place to draw them */
    RND_FACT_NOTE     /* in smaller print */
};

#define RND_FACT_LABEL_MAX 64
#define RND_FACT_TEXT_MAX 192

struct rnd_fact {
    enum rnd_fact_style style;
    struct rnd_thing thing; /* that it leads to */
    uint32_t at;            /* cursor that it leads to, RND_NEVER: none */
    uint32_t depth;         /* how far an item is indented */
    char label[RND_FACT_LABEL_MAX];
    char text[RND_FACT_TEXT_MAX];
};

#define RND_FACTS_MAX 96
/* Of one list, so many are told. */
#define RND_FACTS_LIST_MAX 24

struct rnd_facts {
    struct rnd_fact items[RND_FACTS_MAX];
    uint32_t count;
};

/* What is known of a thing at a moment. */
void rnd_inspect(const struct rnd_model *model, struct rnd_thing thing, struct rnd_moment now,
                 struct rnd_facts *out);

/* Adds what tasks meet at: the locks, queues ... that are used by then. */
void rnd_inspect_objects(const struct rnd_model *model, struct rnd_moment now,
                         struct rnd_facts *facts);

/* What a thing is called ("lock db", "gather"), and in a few words how it is ("held", "2 of 3").
 * Each writes at most `size` bytes. */
void rnd_inspect_name(const struct rnd_model *model, struct rnd_thing thing, char *out,
                      size_t size);
void rnd_inspect_state(const struct rnd_model *model, struct rnd_thing thing, struct rnd_moment now,
                       char *out, size_t size);

/* Whether the model has the thing, at a cursor already. */
bool rnd_inspect_is_there(const struct rnd_model *model, struct rnd_thing thing, uint32_t cursor);

/* The cursor at which a task's frames tell most: this one while it is under way, or, once it has
 * failed or its loop stopped, the last at which it was about to run a line; 0: there is none. */
uint32_t rnd_inspect_stack_at(const struct rnd_model *model, uint32_t task, uint32_t cursor);

/* The cursor whose frames tell the traceback of a task that has failed by now; 0: there is none. */
uint32_t rnd_inspect_traceback_at(const struct rnd_model *model, uint32_t task, uint32_t cursor);

/* What a suspended task waits for by itself: a task, a lock, a gather, its timer ... */
struct rnd_thing rnd_inspect_awaited(const struct rnd_model *model, const struct rnd_span *span);

/* The level of an object at a cursor: what a lock or a queue holds. */
uint32_t rnd_inspect_level(const struct rnd_model *model, uint32_t object, uint32_t cursor);
/* The most that an object's level ever was up to the end. */
uint32_t rnd_inspect_most(const struct rnd_model *model, uint32_t object);

/* The tasks that hold a lock or places of a semaphore, the last to take one first; returns how many
 * of at most `max`. */
uint32_t rnd_inspect_holders(const struct rnd_model *model, uint32_t object, uint32_t cursor,
                             uint32_t *tasks, uint32_t max);
/* The tasks that stand in the line of an object, the first first: at most `max`; returns how many
 * there are. */
uint32_t rnd_inspect_waiters(const struct rnd_model *model, uint32_t object, uint32_t cursor,
                             uint32_t *tasks, uint32_t max);
/* The tasks that await something, in order of creation; the same of those that a task made. */
uint32_t rnd_inspect_awaiters(const struct rnd_model *model, struct rnd_thing thing,
                              uint32_t cursor, uint32_t *tasks, uint32_t max);
uint32_t rnd_inspect_children(const struct rnd_model *model, uint32_t task, uint32_t cursor,
                              uint32_t *tasks, uint32_t max);

#endif
