/* Futures: results, exceptions, cancellation, and the order of their callbacks. */
#include "sim_fixture.h"

struct listener {
    struct sim_fixture *fixture;
    const char *text;
};

static void hear(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    static const char *const states[] = {"pending", "result", "exception", "cancelled"};
    struct listener *listener = arg;
    (void)loop;
    say(listener->fixture, "%s:%s", listener->text, states[future->state]);
}

static const struct sim_callback_ops hear_ops = {.name = "hear", .run = hear};

static void listen(struct sim_fixture *f, struct sim_future *future, struct listener *listener,
                   const char *text)
{
    *listener = (struct listener){f, text};
    sim_future_add_callback(future, (struct sim_callback){&hear_ops, listener});
}

static void callbacks_run_in_the_next_iteration_in_their_order_in(struct sim_fixture *f)
{
    struct listener listeners[7];
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g"};
    struct sim_future *future = sim_future_new(&f->loop);
    for (int i = 0; i < 7; i++)
        listen(f, future, &listeners[i], names[i]);
    assert_int_equal(sim_future_callback_count(future), 7);
    sim_future_set_result(future, NULL);
    assert_string_equal(f->log, "");
    assert_int_equal(sim_future_callback_count(future), 0);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_string_equal(f->log, "a:result@0 b:result@0 c:result@0 d:result@0 e:result@0 "
                                "f:result@0 g:result@0 ");
    sim_future_release(future);
}
FIXTURE_TEST(callbacks_run_in_the_next_iteration_in_their_order)

static void a_callback_on_a_done_future_is_scheduled_at_once_in(struct sim_fixture *f)
{
    struct listener listener;
    struct sim_future *future = sim_future_new(&f->loop);
    sim_future_set_exception(future, "boom");
    listen(f, future, &listener, "late");
    assert_int_equal(f->loop.ready.count, 1);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_string_equal(f->log, "late:exception@0 ");
    sim_future_release(future);
}
FIXTURE_TEST(a_callback_on_a_done_future_is_scheduled_at_once)

static bool is_listener(void *user, const struct sim_callback *callback)
{
    return callback->arg == user;
}

static void removed_callbacks_do_not_run_in(struct sim_fixture *f)
{
    struct listener a, b, c;
    struct sim_future *future = sim_future_new(&f->loop);
    listen(f, future, &a, "a");
    listen(f, future, &b, "b");
    listen(f, future, &a, "a");
    listen(f, future, &c, "c");
    assert_int_equal(sim_future_remove_callbacks(future, is_listener, &a), 2);
    assert_int_equal(sim_future_remove_callbacks(future, is_listener, &a), 0);
    assert_int_equal(sim_future_callback_count(future), 2);
    assert_int_equal(sim_future_remove_callbacks(future, is_listener, &c), 1);
    sim_future_set_result(future, NULL);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_string_equal(f->log, "b:result@0 ");
    sim_future_release(future);
}
FIXTURE_TEST(removed_callbacks_do_not_run)

static void a_callback_is_removed_however_often_it_is_there_in(struct sim_fixture *f)
{
    struct listener a, b;
    struct sim_future *future = sim_future_new(&f->loop);
    listen(f, future, &a, "a");
    listen(f, future, &a, "a");
    listen(f, future, &b, "b");
    listen(f, future, &a, "a");
    sim_future_remove_callback(future, (struct sim_callback){&hear_ops, &a});
    assert_int_equal(sim_future_callback_count(future), 1);
    sim_future_remove_callback(future, (struct sim_callback){&hear_ops, &a});
    assert_int_equal(sim_future_callback_count(future), 1);
    sim_future_set_result(future, NULL);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_string_equal(f->log, "b:result@0 ");
    sim_future_release(future);
}
FIXTURE_TEST(a_callback_is_removed_however_often_it_is_there)

static void a_future_is_cancelled_once_in(struct sim_fixture *f)
{
    enum sim_flag_resume how;
    struct sim_future *future = sim_future_new(&f->loop);
    assert_true(sim_future_cancel(future, "why"));
    assert_false(sim_future_cancel(future, "again"));
    assert_int_equal(future->state, SIM_FUTURE_CANCELLED);
    assert_string_equal(future->value, "why");
    assert_null(sim_future_error(future, &how)); /* no guest makes an exception of it */
    assert_int_equal(how, SIM_RESUME_CANCEL);
    sim_future_release(future);
}
FIXTURE_TEST(a_future_is_cancelled_once)

static void looking_at_an_exception_marks_it_as_retrieved_in(struct sim_fixture *f)
{
    enum sim_flag_resume how;
    struct sim_future *future = sim_future_new(&f->loop);
    sim_future_set_exception(future, "boom");
    assert_true(future->flags & SIM_FUTURE_UNRETRIEVED);
    assert_string_equal(sim_future_error(future, &how), "boom");
    assert_int_equal(how, SIM_RESUME_THROW);
    assert_false(future->flags & SIM_FUTURE_UNRETRIEVED);
    sim_future_release(future);
}
FIXTURE_TEST(looking_at_an_exception_marks_it_as_retrieved)

static void a_result_wakes_with_send_in(struct sim_fixture *f)
{
    enum sim_flag_resume how;
    struct sim_future *future = sim_future_new(&f->loop);
    sim_future_set_result(future, "42");
    assert_null(sim_future_error(future, &how));
    assert_int_equal(how, SIM_RESUME_SEND);
    assert_int_equal(count_events(f, SIM_EV_FUTURE_DONE), 1);
    sim_future_release(future);
}
FIXTURE_TEST(a_result_wakes_with_send)

/* --- a guest that counts -----------------------------------------------------------------------
 */

struct counted {
    int references;
};

static void retain(sim_value value)
{
    ((struct counted *)value)->references++;
}

static void release(sim_value value)
{
    ((struct counted *)value)->references--;
}

static uint32_t describe(struct sim_world *world, sim_value value, enum sim_flag_outcome outcome)
{
    (void)value;
    return sim_trace_intern_z(world->trace, outcome == SIM_OUTCOME_EXCEPTION ? "Boom" : "value");
}

static void values_are_retained_while_they_are_held_in(struct sim_fixture *f)
{
    static const struct sim_guest guest = {
        .retain = retain, .release = release, .describe = describe};
    struct counted value = {1};
    enum sim_flag_resume how;
    f->world.guest = &guest;
    struct sim_future *future = sim_future_new(&f->loop);
    sim_future_set_exception(future, &value);
    assert_int_equal(value.references, 2);
    release(sim_future_error(future, &how));
    sim_future_release(future);
    assert_int_equal(value.references, 1);
    assert_non_null(strstr(trace_text(f), "future_done future=1 outcome=exception value=\"Boom\""));
}
FIXTURE_TEST(values_are_retained_while_they_are_held)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(callbacks_run_in_the_next_iteration_in_their_order),
        cmocka_unit_test(a_callback_on_a_done_future_is_scheduled_at_once),
        cmocka_unit_test(removed_callbacks_do_not_run),
        cmocka_unit_test(a_callback_is_removed_however_often_it_is_there),
        cmocka_unit_test(a_future_is_cancelled_once),
        cmocka_unit_test(looking_at_an_exception_marks_it_as_retrieved),
        cmocka_unit_test(a_result_wakes_with_send),
        cmocka_unit_test(values_are_retained_while_they_are_held),
    };
    return cmocka_run_group_tests_name("future", tests, NULL, NULL);
}
