/* What waits, as a guest sees it: hooks, exceptions thrown in, names, several loops. */
#include "sim_fixture.h"
#include "story_check.h"

/* --- what only a guest can provoke ------------------------------------------------------------ */

static void a_base_error_leaves_a_group_by_itself(void **state)
{
    (void)state;
    story_says("m: try; group; create a; create b; end; end\n"
               "a: raise SystemExit\n"
               "b: raise Boom",
               "m:try@0 m:group@0 m:create a@0 m:create b@0 a:raise SystemExit!SystemExit@0 a."
               "b:raise Boom!Boom@0 b.m:end!SystemExit@0 m:caught!SystemExit@0 m:end@0 m.");
    story_says("m: try; group; raise SystemExit; end; end",
               "m:try@0 m:group@0 m:raise SystemExit!SystemExit@0 m:end!SystemExit@0 "
               "m:caught!SystemExit@0 m:end@0 m.");
}

static void a_woken_acquirer_wakes_more_if_it_can(void **state)
{
    (void)state;
    story_says("m: acquire S; acquire S; start a; sleep 1; release S; release S; acquire S; "
               "sleep 1\n"
               "a: acquire S",
               "m:acquire S@0 m:acquire S@0 m:start a@0 m:sleep 1@1 m:release S@1 m:release S@1 "
               "a:acquire S@1 a.m:acquire S@1 m:sleep 1@2 m.");
}

static void a_task_that_cancels_itself_is_cancelled_at_its_next_await(void **state)
{
    (void)state;
    story_says("m: start a; start b; wait_all ab -\n"
               "a: cancel a; sleep 1; sleep 1\n"
               "b: cancel b; return x",
               "m:start a@0 m:start b@0 a:cancel a@0 b:cancel b@0 b:return x=x@0 b."
               "a:sleep 1!CancelledError@0 a.m:wait_all ab -=ab/@0 m.");
}

/* --- a guest that makes futures and compares -------------------------------------------------- */

struct owner {
    struct sim_fixture *f;
    struct sim_guest guest;
    struct sim_queue *queue; /* that a comparison changes */
    int futures_made;
    bool broken;
};

static struct owner *owner_of(const struct sim_world *world)
{
    return world->guest_user;
}

static void keep(struct sim_future *future)
{
    future->references++;
}

static void drop(struct sim_future *future)
{
    if (--future->references > 0)
        return;
    sim_future_fini(future);
    sim_alloc_free(future->loop->world->alloc, future);
}

static struct sim_future *make_future(struct sim_loop *loop)
{
    struct owner *owner = owner_of(loop->world);
    struct sim_future *future =
        owner->broken ? NULL : sim_alloc_zero(loop->world->alloc, sizeof *future);
    if (!future)
        return NULL;
    sim_future_init(loop, future, SIM_AWAIT_FUTURE);
    owner->futures_made++;
    return future;
}

static sim_value make_exception(struct sim_world *world, enum sim_exception which,
                                sim_value subject, sim_value cause)
{
    static char text[96];
    (void)cause;
    snprintf(text, sizeof text, "%s(%s)%s", sim_exception_type(which), sim_exception_message(which),
             (const char *)(subject ? subject : ""));
    return owner_of(world)->broken ? NULL : text;
}

static uint32_t name_of(struct sim_world *world, sim_value owner)
{
    return sim_trace_intern_z(world->trace, owner);
}

static int push_and_compare(struct sim_world *world, sim_value a, sim_value b, sim_value *error)
{
    struct sim_queue *queue = owner_of(world)->queue;
    owner_of(world)->queue = NULL;
    if (queue)
        assert_int_equal(sim_queue_put_nowait(queue, a, error), SIM_QUEUE_OK);
    return strcmp(a, b) < 0;
}

static void own(struct owner *owner, struct sim_fixture *f)
{
    *owner = (struct owner){.f = f};
    owner->guest = (struct sim_guest){
        .retain_future = keep,
        .release_future = drop,
        .new_future = make_future,
        .exception = make_exception,
        .name_of = name_of,
        .less = push_and_compare,
    };
    f->world.guest = &owner->guest;
    f->world.guest_user = owner;
}

/* A coroutine that makes one call. */
struct caller {
    struct sim_frame frame;
    struct sim_frame *callee;
};

static enum sim_flag_step call_body(struct sim_frame *frame)
{
    struct caller *self = (struct caller *)(void *)frame;
    SIM_CO_BEGIN(frame);
    SIM_CO_CALL(frame, self->callee);
    SIM_CO_END(frame);
}

static struct sim_task *start_call(struct sim_fixture *f, struct caller *caller,
                                   struct sim_frame *callee)
{
    caller->callee = callee;
    sim_frame_init(&caller->frame, call_body, NULL);
    return sim_task_new(&f->loop, &caller->frame.coro, "caller");
}

static void waiters_are_futures_of_the_guest_in(struct sim_fixture *f)
{
    struct owner owner;
    struct sim_lock lock;
    struct sim_lock_acquire first, second;
    struct caller a, b;
    own(&owner, f);
    sim_lock_init(&lock, &f->world);
    lock.sync.owner = "door";
    sim_lock_acquire_init(&first, &lock);
    sim_lock_acquire_init(&second, &lock);
    struct sim_task *one = start_call(f, &a, &first.frame);
    struct sim_task *two = start_call(f, &b, &second.frame);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_int_equal(owner.futures_made, 1);
    assert_true(sim_lock_release(&lock));
    assert_int_equal(sim_loop_run_until(&f->loop, &two->future), 0);
    assert_non_null(strstr(trace_text(f), "object=lock name=\"door\" limit=1\n"));
    assert_non_null(strstr(trace_text(f), "await_label task=2 label=\"door\""));
    RELEASE(one);
    RELEASE(two);
}
FIXTURE_TEST(waiters_are_futures_of_the_guest)

static void a_guest_without_memory_for_a_future_ends_the_run_in(struct sim_fixture *f)
{
    struct owner owner;
    struct sim_event_object event;
    struct sim_event_object_wait wait;
    struct caller a;
    own(&owner, f);
    owner.broken = true;
    sim_event_object_init(&event, &f->world);
    sim_event_object_wait_init(&wait, &event);
    struct sim_task *task = start_call(f, &a, &wait.frame);
    assert_int_equal(sim_loop_run_until(&f->loop, &task->future), SIM_ENOMEM);
    RELEASE(task);
}
FIXTURE_TEST(a_guest_without_memory_for_a_future_ends_the_run)

static void an_object_belongs_to_the_loop_of_its_first_waiter_in(struct sim_fixture *f)
{
    struct owner owner;
    struct sim_loop other;
    struct sim_condition condition;
    struct sim_lock lock;
    struct sim_event_object event;
    struct sim_condition_wait wait;
    struct caller a;
    own(&owner, f);
    sim_loop_init(&other, &f->world);
    sim_lock_init(&lock, &f->world);
    sim_event_object_init(&event, &f->world);
    sim_condition_init(&condition, &f->world, &lock);
    condition.sync.loop = &other;
    condition.sync.owner = "C";
    lock.locked = true;
    sim_condition_wait_init(&wait, &condition);
    struct sim_task *task = start_call(f, &a, &wait.frame);
    assert_int_equal(sim_loop_run_until(&f->loop, &task->future), 0);
    assert_int_equal(task->future.state, SIM_FUTURE_EXCEPTION);
    assert_string_equal(task->future.value, "RuntimeError(%R is bound to a different event loop)C");
    assert_true(lock.locked); /* it was taken again */
    RELEASE(task);
    sim_loop_fini(&other);
}
FIXTURE_TEST(an_object_belongs_to_the_loop_of_its_first_waiter)

static void a_heap_that_changes_while_it_is_compared_raises_in(struct sim_fixture *f)
{
    struct owner owner;
    struct sim_queue queue;
    sim_value error = NULL, item = NULL;
    own(&owner, f);
    sim_queue_init(&queue, &f->world, SIM_OBJECT_PRIORITY_QUEUE, 0);
    assert_int_equal(sim_queue_put_nowait(&queue, "b", &error), SIM_QUEUE_OK);
    owner.queue = &queue;
    assert_int_equal(sim_queue_put_nowait(&queue, "a", &error), SIM_QUEUE_RAISED);
    assert_string_equal(error, "RuntimeError(list changed size during iteration)");
    owner.queue = &queue;
    assert_int_equal(sim_queue_get_nowait(&queue, &item), SIM_QUEUE_RAISED);
    owner.queue = &queue;
    owner.broken = true;
    assert_int_equal(sim_queue_put_nowait(&queue, "c", &error), SIM_QUEUE_RAISED);
    assert_null(error);
    assert_int_equal(f->world.error, SIM_ENOMEM);
    sim_queue_fini(&queue);
}
FIXTURE_TEST(a_heap_that_changes_while_it_is_compared_raises)

static void items_of_plain_c_are_compared_as_numbers_in(struct sim_fixture *f)
{
    struct sim_queue queue;
    sim_value error = NULL, item = NULL;
    char places[3];
    sim_queue_init(&queue, &f->world, SIM_OBJECT_PRIORITY_QUEUE, 2);
    assert_int_equal(sim_queue_put_nowait(&queue, &places[2], &error), SIM_QUEUE_OK);
    assert_int_equal(sim_queue_put_nowait(&queue, &places[1], &error), SIM_QUEUE_OK);
    assert_int_equal(sim_queue_put_nowait(&queue, &places[0], &error), SIM_QUEUE_FULL);
    assert_ptr_equal(sim_queue_item(&queue, 0), &places[1]);
    assert_int_equal(sim_queue_get_nowait(&queue, &item), SIM_QUEUE_OK);
    assert_ptr_equal(item, &places[1]);
    sim_queue_fini(&queue);
}
FIXTURE_TEST(items_of_plain_c_are_compared_as_numbers)

static void plain_c_gets_no_exception_but_is_told_that_there_is_one_in(struct sim_fixture *f)
{
    struct sim_lock lock;
    struct sim_condition condition;
    struct sim_condition_wait wait;
    struct caller a;
    sim_lock_init(&lock, &f->world);
    sim_condition_init(&condition, &f->world, &lock);
    sim_condition_wait_init(&wait, &condition);
    struct sim_task *task = start_call(f, &a, &wait.frame);
    assert_int_equal(sim_loop_run_until(&f->loop, &task->future), 0);
    assert_int_equal(task->future.state, SIM_FUTURE_EXCEPTION);
    assert_null(task->future.value);
    RELEASE(task);
}
FIXTURE_TEST(plain_c_gets_no_exception_but_is_told_that_there_is_one)

/* --- an exception thrown in from outside ------------------------------------------------------ */

/* Drives an operation by hand up to its first await, and throws into it. */
static void throw_into(struct sim_frame *op, struct sim_task *task)
{
    struct sim_step out = {0};
    assert_int_equal(op->coro.ops->send(&op->coro, task, &out), SIM_STEP_AWAIT);
    assert_int_equal(op->coro.ops->throw_in(&op->coro, task, false, "Exit", &out), SIM_STEP_RAISE);
    assert_string_equal(out.value, "Exit");
    op->coro.ops->close(&op->coro);
    op->coro.ops->close(&op->coro); /* which may be said twice */
}

static void what_is_thrown_in_leaves_every_line_in(struct sim_fixture *f)
{
    struct worker worker;
    struct sim_lock lock;
    struct sim_lock_acquire acquire;
    struct sim_condition condition;
    struct sim_condition_wait wait;
    struct sim_semaphore semaphore;
    struct sim_semaphore_acquire down;
    struct sim_queue queue;
    struct sim_queue_wait get;
    struct sim_task *task = start_worker(f, &worker, "w", SECOND, 1);
    sim_lock_init(&lock, &f->world);
    sim_condition_init(&condition, &f->world, &lock);
    lock.locked = true;
    sim_lock_acquire_init(&acquire, &lock);
    throw_into(&acquire.frame, task);
    assert_int_equal(lock.waiters.count, 0);
    sim_condition_wait_init(&wait, &condition);
    throw_into(&wait.frame, task);
    assert_true(lock.locked);
    assert_int_equal(condition.waiters.count, 0);
    sim_semaphore_init(&semaphore, &f->world, 0, false);
    sim_semaphore_acquire_init(&down, &semaphore);
    throw_into(&down.frame, task);
    assert_int_equal(semaphore.value, 0);
    sim_queue_init(&queue, &f->world, SIM_OBJECT_QUEUE, 0);
    sim_queue_get_init(&get, &queue);
    throw_into(&get.frame, task);
    assert_int_equal(queue.getters.count, 0);
    sim_queue_fini(&queue);
    assert_int_equal(sim_loop_run_until(&f->loop, &task->future), 0);
    RELEASE(task);
}
FIXTURE_TEST(what_is_thrown_in_leaves_every_line)

static void what_is_thrown_in_lets_go_of_what_is_awaited_in(struct sim_fixture *f)
{
    struct worker worker;
    struct sim_wait wait;
    struct sim_wait_for wait_for;
    struct sim_task *task = start_worker(f, &worker, "w", SECOND, 1);
    struct sim_future *future = sim_future_new(&f->loop);
    assert_int_equal(sim_wait_init(&wait, &future, 1, SIM_COMBINE_WAIT_ALL_COMPLETED, SECOND), 0);
    throw_into(&wait.frame, task);
    sim_wait_for_init(&wait_for, future, SECOND);
    throw_into(&wait_for.frame, task);
    assert_int_equal(sim_future_callback_count(future), 0);
    assert_int_equal(count_events(f, SIM_EV_TIMER_CANCELLED), 2);
    sim_future_release(future);
    assert_int_equal(sim_loop_run_until(&f->loop, &task->future), 0);
    RELEASE(task);
}
FIXTURE_TEST(what_is_thrown_in_lets_go_of_what_is_awaited)

/* --- groups and timeouts that are used wrongly ------------------------------------------------ */

static void groups_and_timeouts_are_of_a_task_in(struct sim_fixture *f)
{
    struct sim_group group;
    struct sim_timeout timeout;
    sim_group_init(&group);
    sim_timeout_init(&timeout, SECOND);
    assert_int_equal(sim_group_state(&group), SIM_GROUP_NOT_ENTERED);
    assert_false(sim_timeout_reschedule(&timeout, 2 * SECOND));
    assert_int_equal(sim_group_enter(&group, &f->loop), SIM_EINVAL);
    assert_int_equal(sim_group_enter(&group, &f->loop), SIM_ESTATE);
    assert_false(sim_timeout_enter(&timeout, &f->loop));
    sim_timeout_fini(&timeout);
    sim_group_fini(&group);
}
FIXTURE_TEST(groups_and_timeouts_are_of_a_task)

/* Enters a group, leaves its children to themselves, and ends. */
struct careless {
    struct sim_frame frame;
    struct sim_group group;
    struct sim_group_exit leave;
    struct awaiter child;
    struct sim_task *task;
    struct sim_future *future;
};

static enum sim_flag_step careless_body(struct sim_frame *frame)
{
    struct careless *self = (struct careless *)(void *)frame;
    SIM_CO_BEGIN(frame);
    sim_group_init(&self->group);
    assert_int_equal(sim_group_enter(&self->group, sim_frame_loop(frame)), 0);
    self->child = (struct awaiter){.name = "child", .future = self->future};
    sim_frame_init(&self->child.frame, awaiter_body, NULL);
    self->task = sim_task_new(sim_frame_loop(frame), &self->child.frame.coro, "child");
    assert_int_equal(sim_group_add(&self->group, self->task), 0);
    SIM_CO_YIELD(frame);
    SIM_CO_END(frame);
}

static struct sim_task *start_careless(struct sim_fixture *f, struct careless *self)
{
    *self = (struct careless){.future = sim_future_new(&f->loop)};
    sim_frame_init(&self->frame, careless_body, NULL);
    return sim_task_new(&f->loop, &self->frame.coro, "careless");
}

static void finish_careless(struct sim_fixture *f, struct careless *self, struct sim_task *parent)
{
    sim_future_set_exception(self->future, "Boom");
    assert_int_equal(sim_loop_run_until(&f->loop, &self->task->future), 0);
    assert_int_equal(self->task->future.state, SIM_FUTURE_EXCEPTION);
    sim_future_release(self->future);
    RELEASE(self->task);
    RELEASE(parent);
}

static void say_orphan(struct sim_task *task, struct sim_task *parent, sim_value exception)
{
    assert_int_equal(parent->future.state, SIM_FUTURE_RESULT);
    say(task->future.loop->world->guest_user, "lost:%s", (const char *)exception);
}

static void an_error_after_the_parents_end_is_reported_in(struct sim_fixture *f)
{
    struct careless careless;
    const struct sim_guest guest = {.lost_error = say_orphan};
    f->world.guest = &guest;
    struct sim_task *parent = start_careless(f, &careless);
    assert_int_equal(sim_loop_run_until(&f->loop, &parent->future), 0);
    finish_careless(f, &careless, parent);
    assert_string_equal(f->log, "child:waits@0 child:exception@0 lost:Boom@0 ");
    sim_group_fini(&careless.group);
}
FIXTURE_TEST(an_error_after_the_parents_end_is_reported)

static void a_group_that_is_gone_hears_of_nothing_in(struct sim_fixture *f)
{
    struct careless careless;
    struct sim_task *parent = start_careless(f, &careless);
    assert_int_equal(sim_loop_run_until(&f->loop, &parent->future), 0);
    sim_group_fini(&careless.group);
    finish_careless(f, &careless, parent);
    assert_int_equal(count_events(f, SIM_EV_COMBINE_PROGRESS), 0);
}
FIXTURE_TEST(a_group_that_is_gone_hears_of_nothing)

static void as_completed_that_is_gone_hears_of_nothing_in(struct sim_fixture *f)
{
    struct sim_as_completed all;
    struct sim_future *future = sim_future_new(&f->loop);
    assert_int_equal(sim_as_completed_init(&all, &f->loop, &future, 1, SIM_NO_TIMEOUT, NULL), 0);
    sim_as_completed_fini(&all);
    sim_future_set_result(future, NULL);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_int_equal(count_events(f, SIM_EV_COMBINE_PROGRESS), 0);
    sim_future_release(future);
}
FIXTURE_TEST(as_completed_that_is_gone_hears_of_nothing)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_that_cancels_itself_is_cancelled_at_its_next_await),
        cmocka_unit_test(waiters_are_futures_of_the_guest),
        cmocka_unit_test(a_guest_without_memory_for_a_future_ends_the_run),
        cmocka_unit_test(an_object_belongs_to_the_loop_of_its_first_waiter),
        cmocka_unit_test(a_heap_that_changes_while_it_is_compared_raises),
        cmocka_unit_test(items_of_plain_c_are_compared_as_numbers),
        cmocka_unit_test(plain_c_gets_no_exception_but_is_told_that_there_is_one),
        cmocka_unit_test(what_is_thrown_in_leaves_every_line),
        cmocka_unit_test(what_is_thrown_in_lets_go_of_what_is_awaited),
        cmocka_unit_test(groups_and_timeouts_are_of_a_task),
        cmocka_unit_test(an_error_after_the_parents_end_is_reported),
        cmocka_unit_test(a_group_that_is_gone_hears_of_nothing),
        cmocka_unit_test(as_completed_that_is_gone_hears_of_nothing),
        cmocka_unit_test(a_base_error_leaves_a_group_by_itself),
        cmocka_unit_test(a_woken_acquirer_wakes_more_if_it_can),
    };
    return cmocka_run_group_tests_name("operation", tests, NULL, NULL);
}
