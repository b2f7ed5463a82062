/* Threads: one baton, one order with the timers, mutexes. */
#include <pthread.h>
#include <semaphore.h>

#include "sim_fixture.h"

/* --- threads that do as they are told ----------------------------------------------------------
 */

/* A real thread; `body` runs while it has the baton. */
struct puppet {
    struct sim_thread thread; /* first */
    struct sim_fixture *fixture;
    const char *name;
    void (*body)(struct puppet *puppet);
    struct sim_mutex *mutex;
    struct puppet *other;
    struct note *note;
    int64_t ns;
    int rounds;
    sem_t go, back;
    pthread_t real;
};

static struct puppet *puppet_of(struct sim_thread *thread)
{
    return (struct puppet *)(void *)thread;
}

static void resume(struct sim_thread *thread)
{
    sem_post(&puppet_of(thread)->go);
    sem_wait(&puppet_of(thread)->back);
}

static void give_back(struct sim_thread *thread)
{
    sem_post(&puppet_of(thread)->back);
    sem_wait(&puppet_of(thread)->go);
}

static const struct sim_thread_ops puppet_ops = {.resume = resume, .pause = give_back};

static void *live(void *arg)
{
    struct puppet *puppet = arg;
    sem_wait(&puppet->go);
    puppet->body(puppet);
    sim_thread_end(&puppet->thread);
    sem_post(&puppet->back);
    return NULL;
}

static void start(struct sim_fixture *f, struct puppet *puppet, const char *name,
                  void (*body)(struct puppet *puppet))
{
    puppet->fixture = f;
    puppet->name = name;
    puppet->body = body;
    sem_init(&puppet->go, 0, 0);
    sem_init(&puppet->back, 0, 0);
    assert_int_equal(pthread_create(&puppet->real, NULL, live, puppet), 0);
    sim_thread_start(&f->world, &puppet->thread, &puppet_ops, name, SIM_THREAD_PLAIN, 0);
}

/* Every puppet has ended by now. */
static void join(struct puppet *puppet)
{
    pthread_join(puppet->real, NULL);
    sem_destroy(&puppet->go);
    sem_destroy(&puppet->back);
}

/* Sleeps `rounds` times. */
static void naps(struct puppet *self)
{
    for (int i = 0; i < self->rounds; i++) {
        say(self->fixture, "%s%d", self->name, i);
        sim_world_block(&self->fixture->world, NULL, self->ns);
    }
    say(self->fixture, "%s.", self->name);
}

static int take(struct sim_fixture *f, struct sim_mutex *mutex, int64_t deadline_ns)
{
    if (sim_mutex_try(&f->world, mutex))
        return 1;
    return sim_mutex_wait(&f->world, mutex, deadline_ns, 0, NULL);
}

/* Holds the mutex for a while. */
static void holds(struct puppet *self)
{
    struct sim_fixture *f = self->fixture;
    int got = take(f, self->mutex, SIM_TIME_MAX_NS);
    say(f, "%s:%d", self->name, got);
    sim_world_block(&f->world, NULL, self->ns);
    sim_mutex_release(&f->world, self->mutex);
    say(f, "%s.", self->name);
}

/* Waits for the mutex until ns, and gives it back if it got it. */
static void tries(struct puppet *self)
{
    struct sim_fixture *f = self->fixture;
    int got = take(f, self->mutex, self->ns);
    say(f, "%s:%d", self->name, got);
    if (got > 0)
        sim_mutex_release(&f->world, self->mutex);
}

static void starts_other(struct puppet *self)
{
    say(self->fixture, "%s", self->name);
    start(self->fixture, self->other, "inner", naps);
    say(self->fixture, "%s.", self->name);
}

/* --- timers beside them ------------------------------------------------------------------------
 */

struct note {
    struct sim_fixture *fixture;
    const char *text;
    int64_t blocks_ns;
};

static void run_note(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    const struct note *note = arg;
    (void)future;
    say(note->fixture, "%s", note->text);
    if (note->blocks_ns)
        sim_world_block(loop->world, NULL, note->blocks_ns);
}

static const struct sim_callback_ops note_ops = {.name = "note", .run = run_note};

static struct sim_handle *at(struct sim_fixture *f, int64_t deadline_ns, struct note *note)
{
    note->fixture = f;
    return sim_call_at(&f->loop, deadline_ns, (struct sim_callback){&note_ops, note});
}

static void run_to_the_end(struct sim_fixture *f)
{
    int error;
    while ((error = sim_loop_run_once(&f->loop)) == 0)
        ;
    assert_int_equal(error, SIM_EDEADLOCK);
}

/* --- stories -----------------------------------------------------------------------------------
 */

static void a_thread_runs_at_once_up_to_its_first_sleep_in(struct sim_fixture *f)
{
    struct puppet a = {.ns = SECOND, .rounds = 2}, b = {.rounds = 0};
    start(f, &a, "a", naps);
    say(f, "main");
    start(f, &b, "b", naps);
    assert_string_equal(f->log, "a0@0 main@0 b.@0 ");
    assert_int_equal(sim_threads_finish(&f->world), 0);
    assert_string_equal(f->log, "a0@0 main@0 b.@0 a1@1 a.@2 ");
    join(&a), join(&b);
}
FIXTURE_TEST(a_thread_runs_at_once_up_to_its_first_sleep)

static void a_thread_that_starts_another_goes_on_when_that_pauses_in(struct sim_fixture *f)
{
    struct puppet inner = {.ns = SECOND, .rounds = 1}, outer = {.other = &inner};
    start(f, &outer, "outer", starts_other);
    assert_string_equal(f->log, "outer@0 inner0@0 outer.@0 ");
    assert_int_equal(inner.thread.number, 2);
    assert_int_equal(sim_threads_finish(&f->world), 0);
    join(&outer), join(&inner);
    assert_non_null(
        strstr(trace_text(f), "thread_created thread=2 thread=plain name=\"inner\" parent=1"));
}
FIXTURE_TEST(a_thread_that_starts_another_goes_on_when_that_pauses)

static void timers_and_threads_of_an_instant_go_by_registration_in(struct sim_fixture *f)
{
    struct note first = {.text = "first"}, last = {.text = "last"};
    struct puppet a = {.ns = SECOND, .rounds = 1}, b = a, c = a;
    start(f, &a, "a", naps);
    sim_handle_release(at(f, SECOND, &first));
    start(f, &b, "b", naps);
    sim_handle_release(at(f, SECOND, &last));
    start(f, &c, "c", naps);
    f->log[0] = '\0';
    run_to_the_end(f);
    /* `a` comes before the first timer; the others wait until the loop looks for threads again. */
    assert_string_equal(f->log, "a.@1 first@1 last@1 b.@1 c.@1 ");
    join(&a), join(&b), join(&c);
}
FIXTURE_TEST(timers_and_threads_of_an_instant_go_by_registration)

static void a_cancelled_timer_does_not_hold_threads_back_in(struct sim_fixture *f)
{
    struct note never = {.text = "never"}, due = {.text = "due", .blocks_ns = SECOND};
    struct note later = {.text = "later"};
    struct puppet a = {.ns = SECOND, .rounds = 1};
    struct sim_handle *dead = at(f, SECOND, &never);
    start(f, &a, "a", naps);
    sim_handle_release(at(f, 2 * SECOND, &due));
    sim_handle_release(at(f, 4 * SECOND, &later));
    sim_handle_cancel(dead);
    sim_handle_release(dead);
    f->log[0] = '\0';
    run_to_the_end(f);
    assert_string_equal(f->log, "a.@1 due@2 later@4 ");
    join(&a);
}
FIXTURE_TEST(a_cancelled_timer_does_not_hold_threads_back)

/* Arms a timer of the loop after a sleep. */
static void arms(struct puppet *self)
{
    sim_world_block(&self->fixture->world, NULL, SECOND);
    say(self->fixture, "%s", self->name);
    sim_handle_release(at(self->fixture, self->ns, self->note));
}

static void a_timer_that_a_thread_arms_does_not_end_the_wait_in(struct sim_fixture *f)
{
    struct note armed = {.text = "armed"}, due = {.text = "due"};
    struct puppet a = {.ns = 2 * SECOND, .note = &armed}, b = a;
    sim_handle_release(at(f, 3 * SECOND, &due));
    start(f, &a, "a", arms);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_string_equal(f->log, "a@1 armed@3 due@3 ");
    start(f, &b, "b", arms);
    assert_int_equal(sim_loop_run_once(&f->loop), SIM_EDEADLOCK);
    join(&a), join(&b);
}
FIXTURE_TEST(a_timer_that_a_thread_arms_does_not_end_the_wait)

static void threads_go_on_while_the_main_thread_blocks_in(struct sim_fixture *f)
{
    struct puppet a = {.ns = 2 * SECOND, .rounds = 2};
    struct note block = {.text = "block", .blocks_ns = 3 * SECOND}, late = {.text = "late"};
    start(f, &a, "a", naps);
    sim_handle_release(at(f, SECOND, &block));
    sim_handle_release(at(f, 2 * SECOND, &late));
    run_to_the_end(f);
    /* The sleep that ends at 4, as the block does, began later; the late timer was due before. */
    assert_string_equal(f->log, "a0@0 block@1 a1@2 late@4 a.@4 ");
    join(&a);
}
FIXTURE_TEST(threads_go_on_while_the_main_thread_blocks)

static void a_mutex_goes_to_whoever_waits_longest_in(struct sim_fixture *f)
{
    struct sim_mutex mutex = {0};
    struct puppet a = {.ns = SECOND, .mutex = &mutex}, b = a, c = a;
    start(f, &a, "a", holds);
    start(f, &b, "b", holds);
    start(f, &c, "c", holds);
    assert_false(sim_mutex_try(&f->world, &mutex));
    assert_int_equal(take(f, &mutex, SIM_TIME_MAX_NS), 1);
    say(f, "main");
    assert_true(mutex.held);
    sim_mutex_release(&f->world, &mutex);
    assert_false(mutex.held);
    assert_string_equal(f->log, "a:1@0 a.@1 b:1@1 b.@2 c:1@2 c.@3 main@3 ");
    join(&a), join(&b), join(&c);
}
FIXTURE_TEST(a_mutex_goes_to_whoever_waits_longest)

static void waiting_ends_at_the_deadline_in(struct sim_fixture *f)
{
    struct sim_mutex mutex = {0};
    struct puppet a = {.ns = 4 * SECOND, .mutex = &mutex}, b = {.ns = SECOND, .mutex = &mutex};
    struct puppet c = {.ns = 6 * SECOND, .mutex = &mutex};
    start(f, &a, "a", holds);
    start(f, &b, "b", tries);
    start(f, &c, "c", tries);
    assert_int_equal(take(f, &mutex, 2 * SECOND), 0);
    say(f, "main");
    assert_int_equal(sim_threads_finish(&f->world), 0);
    assert_string_equal(f->log, "a:1@0 b:0@1 main@2 a.@4 c:1@4 ");
    assert_false(mutex.held);
    assert_null(mutex.first_waiter);
    assert_int_equal(f->world.now_ns, 4 * SECOND); /* c's deadline went with it */
    join(&a), join(&b), join(&c);
}
FIXTURE_TEST(waiting_ends_at_the_deadline)

static void waiting_for_what_never_comes_is_a_deadlock_in(struct sim_fixture *f)
{
    struct sim_mutex mutex = {0};
    assert_int_equal(take(f, &mutex, 0), 1);
    assert_int_equal(take(f, &mutex, SECOND), 0);
    assert_int_equal(f->world.now_ns, SECOND);
    assert_int_equal(take(f, &mutex, SIM_TIME_MAX_NS), SIM_EDEADLOCK);
    assert_ptr_equal(f->world.threads.main.waits_for, &mutex);
}
FIXTURE_TEST(waiting_for_what_never_comes_is_a_deadlock)

/* Runs the fixture's loop until it is stopped. */
static void runs_loop(struct puppet *self)
{
    say(self->fixture, "%s", self->name);
    assert_int_equal(sim_loop_run(&self->fixture->loop), 0);
    say(self->fixture, "%s.", self->name);
}

static void a_loop_in_a_thread_waits_for_others_to_give_it_work_in(struct sim_fixture *f)
{
    struct note work = {.text = "work", .fixture = f};
    struct puppet a = {0};
    start(f, &a, "a", runs_loop);
    say(f, "main");
    sim_world_block(&f->world, NULL, SECOND);
    sim_handle_release(sim_call_soon(&f->loop, (struct sim_callback){&note_ops, &work}));
    sim_thread_unpark(&f->loop);
    assert_int_equal(sim_threads_finish(&f->world), 0);
    assert_string_equal(f->log, "a@0 main@0 work@1 ");
    sim_loop_stop(&f->loop);
    sim_thread_unpark(&f->loop);
    assert_int_equal(sim_threads_finish(&f->world), 0);
    assert_string_equal(f->log, "a@0 main@0 work@1 a.@1 ");
    join(&a);
}
FIXTURE_TEST(a_loop_in_a_thread_waits_for_others_to_give_it_work)

static void the_budget_of_time_ends_the_sleep_of_threads_in(struct sim_fixture *f)
{
    struct puppet a = {.ns = SECOND, .rounds = 2};
    start(f, &a, "a", naps);
    f->world.max_time_ns = 3 * SECOND / 2;
    assert_int_equal(sim_threads_finish(&f->world), SIM_ETIME);
    assert_string_equal(f->log, "a0@0 a1@1 ");
    f->world.error = 0;
    f->world.max_time_ns = SIM_TIME_MAX_NS;
    assert_int_equal(sim_threads_finish(&f->world), 0);
    join(&a);
}
FIXTURE_TEST(the_budget_of_time_ends_the_sleep_of_threads)

static void the_trace_tells_whose_events_are_whose_in(struct sim_fixture *f)
{
    struct puppet a = {.ns = SECOND, .rounds = 1};
    start(f, &a, "a", naps);
    assert_int_equal(sim_threads_finish(&f->world), 0);
    assert_string_equal(trace_text(f), "thread_created thread=1 thread=plain name=\"a\" parent=0\n"
                                       "thread_run thread=1 baton=start\n"
                                       "thread_sleep thread=1 block=call until=1.000000000\n"
                                       "clock clock=idle now=1.000000000\n"
                                       "thread_run thread=1 baton=slept\n"
                                       "thread_end thread=1\n");
    join(&a);
}
FIXTURE_TEST(the_trace_tells_whose_events_are_whose)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thread_runs_at_once_up_to_its_first_sleep),
        cmocka_unit_test(a_thread_that_starts_another_goes_on_when_that_pauses),
        cmocka_unit_test(timers_and_threads_of_an_instant_go_by_registration),
        cmocka_unit_test(a_cancelled_timer_does_not_hold_threads_back),
        cmocka_unit_test(a_timer_that_a_thread_arms_does_not_end_the_wait),
        cmocka_unit_test(threads_go_on_while_the_main_thread_blocks),
        cmocka_unit_test(a_mutex_goes_to_whoever_waits_longest),
        cmocka_unit_test(waiting_ends_at_the_deadline),
        cmocka_unit_test(waiting_for_what_never_comes_is_a_deadlock),
        cmocka_unit_test(a_loop_in_a_thread_waits_for_others_to_give_it_work),
        cmocka_unit_test(the_budget_of_time_ends_the_sleep_of_threads),
        cmocka_unit_test(the_trace_tells_whose_events_are_whose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
