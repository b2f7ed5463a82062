/* Which thread runs, and when. */
#include "thread.h"

#include <assert.h>

#include "loop.h"
#include "task.h"
#include "timer_entry.h"

/* A place in the order of timers and wake-ups. */
struct turn {
    int64_t ns;
    uint32_t id;
};

static const struct turn never = {INT64_MAX, UINT32_MAX};

static bool before(struct turn a, struct turn b)
{
    return a.ns != b.ns ? a.ns < b.ns : a.id < b.id;
}

static struct turn turn_of(const struct sim_thread *sleeper)
{
    return (struct turn){sleeper->wake_ns, sleeper->wake_id};
}

/* --- sleepers --------------------------------------------------------------------------------- */

/* Most threads go to sleep for later than the others: the place is looked for from the end. */
static void add_sleeper(struct sim_thread *thread, int64_t wake_ns, enum sim_flag_baton why)
{
    struct sim_threads *threads = &thread->world->threads;
    struct sim_thread *earlier = threads->last_sleeper;
    thread->wake_ns = wake_ns;
    thread->wake_id = ++thread->world->ids_given;
    thread->woken = (uint8_t)why;
    while (earlier && before(turn_of(thread), turn_of(earlier)))
        earlier = earlier->earlier;
    thread->earlier = earlier;
    thread->later = earlier ? earlier->later : threads->first_sleeper;
    *(earlier ? &earlier->later : &threads->first_sleeper) = thread;
    *(thread->later ? &thread->later->earlier : &threads->last_sleeper) = thread;
}

static void remove_sleeper(struct sim_thread *thread)
{
    struct sim_threads *threads = &thread->world->threads;
    *(thread->earlier ? &thread->earlier->later : &threads->first_sleeper) = thread->later;
    *(thread->later ? &thread->later->earlier : &threads->last_sleeper) = thread->earlier;
    thread->wake_id = 0;
}

/* --- the baton -------------------------------------------------------------------------------- */

static void lend(struct sim_thread *thread, enum sim_flag_baton why)
{
    struct sim_world *world = thread->world;
    struct sim_thread *lender = world->threads.current;
    uint32_t task = world->current;
    SIM_PUT(world->trace, THREAD_RUN, why, 0, thread->number, 0, 0);
    world->threads.current = thread;
    world->current = 0;
    thread->ops->resume(thread);
    world->threads.current = lender;
    world->current = task;
}

/* Runs the first sleeper if its turn comes before `limit`; false if it does not. */
static bool wake_one(struct sim_world *world, struct turn limit, enum sim_flag_clock why)
{
    struct sim_thread *first = world->threads.first_sleeper;
    if (!first || world->error < 0 || !before(turn_of(first), limit))
        return false;
    sim_world_move_clock(world, first->wake_ns, why);
    if (world->error < 0)
        return false;
    remove_sleeper(first);
    lend(first, first->woken);
    return true;
}

/* --- a thread's life -------------------------------------------------------------------------- */

void sim_thread_start(struct sim_world *world, struct sim_thread *thread,
                      const struct sim_thread_ops *ops, const char *name, enum sim_flag_thread kind,
                      uint32_t lane)
{
    struct sim_threads *threads = &world->threads;
    *thread = (struct sim_thread){.world = world,
                                  .ops = ops,
                                  .previous = threads->last,
                                  .number = lane ? lane : ++threads->created};
    *(threads->last ? &threads->last->next : &threads->first) = thread;
    threads->last = thread;
    if (!lane)
        SIM_PUT(world->trace, THREAD_CREATED, kind, 0, thread->number,
                sim_trace_intern_z(world->trace, name),
                threads->current ? threads->current->number : 0);
    lend(thread, SIM_BATON_START);
}

void sim_thread_end(struct sim_thread *thread)
{
    struct sim_threads *threads = &thread->world->threads;
    assert(threads->current == thread);
    *(thread->previous ? &thread->previous->next : &threads->first) = thread->next;
    *(thread->next ? &thread->next->previous : &threads->last) = thread->previous;
    SIM_PUT(thread->world->trace, THREAD_END, 0, 0, thread->number, 0, 0);
}

/* --- blocking --------------------------------------------------------------------------------- */

static void block_main(struct sim_world *world, const struct sim_task *task, int64_t until_ns,
                       enum sim_flag_block how)
{
    uint32_t number = task ? task->number : 0;
    SIM_PUT_NS(world->trace, BLOCK_BEGIN, how, number, until_ns - world->now_ns);
    world->blocker = number;
    if (world->threads.first_sleeper) {
        struct turn limit = {until_ns, ++world->ids_given};
        while (wake_one(world, limit, SIM_CLOCK_BLOCKED))
            ;
    }
    sim_world_move_clock(world, until_ns, SIM_CLOCK_BLOCKED);
    SIM_PUT(world->trace, BLOCK_END, 0, 0, number, 0, 0);
}

static void block(struct sim_world *world, const struct sim_task *task, int64_t length_ns,
                  enum sim_flag_block how)
{
    struct sim_thread *current = world->threads.current;
    int64_t until_ns = sim_time_after(world->now_ns, length_ns);
    if (!current) {
        block_main(world, task, until_ns, how);
        return;
    }
    SIM_PUT_NS(world->trace, THREAD_SLEEP, how, current->number, until_ns);
    add_sleeper(current, until_ns, SIM_BATON_SLEPT);
    current->ops->pause(current);
}

void sim_world_block(struct sim_world *world, const struct sim_task *task, int64_t length_ns)
{
    block(world, task, length_ns, SIM_BLOCK_CALL);
}

void sim_world_compute(struct sim_world *world, const struct sim_task *task, int64_t length_ns)
{
    block(world, task, length_ns, SIM_BLOCK_COMPUTE);
}

/* The turn of the loop's first timer, `never` without one; takes out cancelled ones before it. */
static struct turn first_timer(struct sim_loop *loop)
{
    sim_timers_skip_cancelled(&loop->timers);
    const struct sim_timer *first = sim_timers_first(&loop->timers);
    if (first)
        return (struct turn){first->deadline_ns, sim_timer_id(first)};
    return never;
}

/* As in asyncio, how long the loop waits is settled when it begins to: a timer that a thread arms
 * meanwhile does not end the wait, only what it makes ready does. */
int sim_threads_serve(struct sim_loop *loop)
{
    struct sim_world *world = loop->world;
    const struct sim_thread *sleeper;
    struct turn limit = first_timer(loop);
    bool ran = false;
    while ((sleeper = world->threads.first_sleeper) != NULL) {
        if ((loop->ready.count > 0 || loop->stopping) && sleeper->wake_ns > world->now_ns)
            break;
        if (!wake_one(world, limit, SIM_CLOCK_IDLE))
            break;
        ran = true;
    }
    if (world->error < 0)
        return world->error;
    if (!ran || loop->ready.count > 0 || loop->stopping)
        return 0;
    if (limit.ns == never.ns)
        return SIM_EDEADLOCK;
    sim_world_move_clock(world, limit.ns, SIM_CLOCK_IDLE);
    return world->error < 0 ? world->error : 1;
}

bool sim_thread_park(struct sim_loop *loop)
{
    struct sim_world *world = loop->world;
    struct sim_thread *self = world->threads.current;
    if (!self)
        return false;
    SIM_PUT(world->trace, THREAD_WAIT, 0, 0, self->number,
            sim_trace_intern_z(world->trace, "event loop"), self->number);
    loop->parked = self;
    self->idle_loop = loop;
    self->ops->pause(self);
    loop->parked = NULL;
    self->idle_loop = NULL;
    return true;
}

void sim_thread_unpark(const struct sim_loop *loop)
{
    struct sim_thread *parked = loop->parked;
    if (parked && !parked->wake_id)
        add_sleeper(parked, loop->world->now_ns, SIM_BATON_GRANTED);
}

int sim_threads_finish(struct sim_world *world)
{
    while (wake_one(world, never, SIM_CLOCK_IDLE))
        ;
    return world->error;
}

/* --- mutexes ---------------------------------------------------------------------------------- */

static void take(struct sim_mutex *mutex, const struct sim_thread *thread)
{
    mutex->held = true;
    mutex->holder = thread->number;
}

static struct sim_thread *whoever_runs(struct sim_world *world)
{
    struct sim_thread *current = world->threads.current;
    return current ? current : &world->threads.main;
}

bool sim_mutex_try(struct sim_world *world, struct sim_mutex *mutex)
{
    if (mutex->held)
        return false;
    take(mutex, whoever_runs(world));
    return true;
}

static void join_line(struct sim_mutex *mutex, struct sim_thread *thread)
{
    thread->waits_for = mutex;
    thread->granted = false;
    thread->next_waiter = NULL;
    *(mutex->last_waiter ? &mutex->last_waiter->next_waiter : &mutex->first_waiter) = thread;
    mutex->last_waiter = thread;
}

static void leave_line(struct sim_mutex *mutex, struct sim_thread *thread)
{
    struct sim_thread *ahead = NULL;
    for (struct sim_thread *at = mutex->first_waiter; at != thread; at = at->next_waiter)
        ahead = at;
    *(ahead ? &ahead->next_waiter : &mutex->first_waiter) = thread->next_waiter;
    if (mutex->last_waiter == thread)
        mutex->last_waiter = ahead;
    thread->waits_for = NULL;
}

static void wait_in_thread(struct sim_thread *thread, int64_t deadline_ns)
{
    if (deadline_ns < SIM_TIME_MAX_NS)
        add_sleeper(thread, deadline_ns, SIM_BATON_TIMEOUT);
    thread->ops->pause(thread);
}

static int wait_in_main(struct sim_world *world, int64_t deadline_ns, const struct sim_task *task)
{
    bool for_ever = deadline_ns >= SIM_TIME_MAX_NS;
    const struct sim_thread *self = &world->threads.main;
    uint32_t number = task ? task->number : 0;
    struct turn limit = for_ever ? never : (struct turn){deadline_ns, ++world->ids_given};
    SIM_PUT_NS(world->trace, BLOCK_BEGIN, 0, number, for_ever ? 0 : deadline_ns - world->now_ns);
    world->blocker = number;
    while (!self->granted && wake_one(world, limit, SIM_CLOCK_BLOCKED))
        ;
    if (!self->granted && !for_ever)
        sim_world_move_clock(world, deadline_ns, SIM_CLOCK_BLOCKED);
    SIM_PUT(world->trace, BLOCK_END, 0, 0, number, 0, 0);
    if (world->error < 0)
        return world->error;
    return for_ever && !self->granted ? SIM_EDEADLOCK : 0;
}

int sim_mutex_wait(struct sim_world *world, struct sim_mutex *mutex, int64_t deadline_ns,
                   uint32_t label, const struct sim_task *task)
{
    struct sim_thread *self = whoever_runs(world);
    assert(mutex->held);
    self->label = label;
    join_line(mutex, self);
    SIM_PUT(world->trace, THREAD_WAIT, 0, 0, self->number, label, mutex->holder);
    if (self != &world->threads.main) {
        wait_in_thread(self, deadline_ns);
    } else {
        int error = wait_in_main(world, deadline_ns, task);
        if (error < 0)
            return error;
    }
    if (!self->granted)
        leave_line(mutex, self);
    return self->granted;
}

void sim_mutex_release(struct sim_world *world, struct sim_mutex *mutex)
{
    struct sim_thread *next = mutex->first_waiter;
    assert(mutex->held);
    if (!next) {
        mutex->held = false;
        return;
    }
    leave_line(mutex, next);
    take(mutex, next);
    next->granted = true;
    if (next == &world->threads.main) /* it looks for itself */
        return;
    if (next->wake_id)
        remove_sleeper(next);
    add_sleeper(next, world->now_ns, SIM_BATON_GRANTED);
}
