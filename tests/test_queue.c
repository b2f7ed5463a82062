/* Queues: stories that real asyncio tells alike, and what only a guest can provoke. */
#include "sim_fixture.h"
#include "story_check.h"

static void items_come_out_first_in_first_out(void **state)
{
    (void)state;
    story_says("m: push Q a; push Q b; push Q c; get Q; get Q; get Q; pop Q",
               "m:push Q a@0 m:push Q b@0 m:push Q c@0 m:get Q=a@0 m:get Q=b@0 m:get Q=c@0 "
               "m:pop Q!QueueEmpty@0 m.");
}

static void a_full_queue_makes_its_putters_wait(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; get R; get R; get R; push R x; push R y\n"
               "a: put R 1; put R 2; put R 3",
               "m:start a@0 a:put R 1@0 m:sleep 1@1 m:get R=1@1 a:put R 2@1 m:get R=2@1 "
               "a:put R 3@1 a.m:get R=3@1 m:push R x@1 m:push R y!QueueFull@1 m.");
}

static void an_empty_queue_makes_its_getters_wait_in_line(void **state)
{
    (void)state;
    story_says("m: start a; start b; sleep 1; put Q x; put Q y; wait_all ab -\n"
               "a: get Q\n"
               "b: get Q",
               "m:start a@0 m:start b@0 m:sleep 1@1 m:put Q x@1 m:put Q y@1 a:get Q=x@1 "
               "a.b:get Q=y@1 b.m:wait_all ab -=ab/@1 m.");
}

static void a_getter_that_was_woken_and_cancelled_wakes_the_next(void **state)
{
    (void)state;
    story_says("m: start a; start b; sleep 1; push Q x; cancel a; wait_all ab -\n"
               "a: get Q\n"
               "b: get Q",
               "m:start a@0 m:start b@0 m:sleep 1@1 m:push Q x@1 m:cancel a@1 "
               "a:get Q!CancelledError@1 a.b:get Q=x@1 b.m:wait_all ab -=ab/@1 m.");
}

static void a_putter_that_was_woken_and_cancelled_wakes_the_next(void **state)
{
    (void)state;
    story_says("m: push R x; start a; start b; sleep 1; pop R; cancel a; wait_all ab -\n"
               "a: put R 1\n"
               "b: put R 2",
               "m:push R x@0 m:start a@0 m:start b@0 m:sleep 1@1 m:pop R=x@1 m:cancel a@1 "
               "a:put R 1!CancelledError@1 a.b:put R 2@1 b.m:wait_all ab -=ab/@1 m.");
}

static void the_cancelled_leave_both_lines(void **state)
{
    (void)state;
    story_says("m: push R x; start a; start b; sleep 1; cancel a; cancel b; sleep 1; pop R; push R "
               "y; push Q z; get Q\n"
               "a: put R 1\n"
               "b: get Q",
               "m:push R x@0 m:start a@0 m:start b@0 m:sleep 1@1 m:cancel a@1 m:cancel b@1 "
               "a:put R 1!CancelledError@1 a.b:get Q!CancelledError@1 b.m:sleep 1@2 m:pop R=x@2 "
               "m:push R y@2 m:push Q z@2 m:get Q=z@2 m.");
}

static void a_getter_that_finds_nothing_waits_again(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; push Q x; pop Q; sleep 1; push Q y; await a\n"
               "a: get Q",
               "m:start a@0 m:sleep 1@1 m:push Q x@1 m:pop Q=x@1 m:sleep 1@2 m:push Q y@2 "
               "a:get Q=y@2 a.m:await a@2 m.");
}

static void a_priority_queue_gives_the_least_first(void **state)
{
    (void)state;
    story_says("m: push P d; push P b; push P e; push P a; push P c; push P b; get P; get P; get "
               "P; get P; get P; get P",
               "m:push P d@0 m:push P b@0 m:push P e@0 m:push P a@0 m:push P c@0 m:push P b@0 "
               "m:get P=a@0 m:get P=b@0 m:get P=b@0 m:get P=c@0 m:get P=d@0 m:get P=e@0 m.");
}

static void an_item_that_cannot_be_compared_stays_in(void **state)
{
    (void)state;
    story_says("m: push P b; try; push P !; end; push P a; try; pop P; end; try; pop P; end; try; "
               "pop P; end",
               "m:push P b@0 m:try@0 m:push P !!Incomparable@0 m:caught!Incomparable@0 m:end@0 "
               "m:push P a@0 m:try@0 m:pop P!Incomparable@0 m:caught!Incomparable@0 m:end@0 "
               "m:try@0 m:pop P=!@0 m:end@0 m:try@0 m:pop P=b@0 m:end@0 m.");
}

static void a_comparison_that_fails_loses_what_was_to_come_out(void **state)
{
    (void)state;
    story_says("m: push P a; push P b; push P c; try; push P !; end; try; pop P; end; try; pop P; "
               "end; try; pop P; end; try; pop P; end",
               "m:push P a@0 m:push P b@0 m:push P c@0 m:try@0 m:push P !!Incomparable@0 "
               "m:caught!Incomparable@0 m:end@0 m:try@0 m:pop P!Incomparable@0 "
               "m:caught!Incomparable@0 m:end@0 m:try@0 m:pop P!Incomparable@0 "
               "m:caught!Incomparable@0 m:end@0 m:try@0 m:pop P=!@0 m:end@0 m:try@0 m:pop P=c@0 "
               "m:end@0 m.");
}

static void a_lifo_queue_gives_the_last_first(void **state)
{
    (void)state;
    story_says("m: push Z a; push Z b; get Z; push Z c; get Z; get Z",
               "m:push Z a@0 m:push Z b@0 m:get Z=b@0 m:push Z c@0 m:get Z=c@0 m:get Z=a@0 m.");
}

static void a_ring_grows_and_wraps(void **state)
{
    (void)state;
    story_says("m: push Q a; push Q b; push Q c; pop Q; pop Q; push Q d; push Q e; push Q f; push "
               "Q g; push Q h; push Q i; push Q j; push Q k; push Q l; get Q; get Q; get Q; get Q; "
               "get Q; get Q; get Q; get Q; get Q; get Q",
               "m:push Q a@0 m:push Q b@0 m:push Q c@0 m:pop Q=a@0 m:pop Q=b@0 m:push Q d@0 "
               "m:push Q e@0 m:push Q f@0 m:push Q g@0 m:push Q h@0 m:push Q i@0 m:push Q j@0 "
               "m:push Q k@0 m:push Q l@0 m:get Q=c@0 m:get Q=d@0 m:get Q=e@0 m:get Q=f@0 "
               "m:get Q=g@0 m:get Q=h@0 m:get Q=i@0 m:get Q=j@0 m:get Q=k@0 m:get Q=l@0 m.");
}

static void join_waits_until_all_is_done(void **state)
{
    (void)state;
    story_says("m: join Q; push Q x; push Q y; start a; sleep 1; done Q; done Q; await a; done Q\n"
               "a: join Q",
               "m:join Q@0 m:push Q x@0 m:push Q y@0 m:start a@0 m:sleep 1@1 m:done Q@1 "
               "m:done Q@1 a:join Q@1 a.m:await a@1 m:done Q!ValueError@1 m.");
}

/* --- in one step ------------------------------------------------------------------------------ */

struct end {
    struct sim_frame frame;
    struct sim_queue *queue;
    struct sim_queue_wait wait;
    char got[8];
    int count;
};

static enum sim_flag_step put_some(struct sim_frame *frame)
{
    static char items[] = "abcde";
    struct end *self = (struct end *)(void *)frame;
    SIM_CO_BEGIN(frame);
    for (; items[self->count]; self->count++)
        SIM_CO_PUT(frame, &self->wait, self->queue, &items[self->count]);
    SIM_CO_END(frame);
}

static enum sim_flag_step get_some(struct sim_frame *frame)
{
    struct end *self = (struct end *)(void *)frame;
    SIM_CO_BEGIN(frame);
    while (self->count < 5) {
        SIM_CO_GET(frame, &self->wait, self->queue);
        self->got[self->count++] = *(const char *)frame->returned;
    }
    SIM_CO_END(frame);
}

/* A putter ahead of a getter, in a queue of two: they wait for each other only where they must. */
static void items_go_in_and_out_in_one_step_where_there_is_room_in(struct sim_fixture *f)
{
    struct sim_queue queue;
    struct sim_task *tasks[2];
    sim_queue_init(&queue, &f->world, SIM_OBJECT_QUEUE, 2);
    struct end *putter = sim_task_spawn(&f->loop, sizeof *putter, put_some, "putter", &tasks[0]);
    struct end *getter = sim_task_spawn(&f->loop, sizeof *getter, get_some, "getter", &tasks[1]);
    putter->queue = getter->queue = &queue;
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_int_equal(putter->count, 2); /* it waits with the third */
    assert_int_equal(getter->count, 2);
    assert_int_equal(sim_loop_run_until(&f->loop, &tasks[1]->future), 0);
    assert_string_equal(getter->got, "abcde");
    assert_int_equal(count_events(f, SIM_EV_SYNC), 5 + 5 + 4); /* and four waits */
    RELEASE(tasks[0]);
    RELEASE(tasks[1]);
    sim_queue_fini(&queue);
}
FIXTURE_TEST(items_go_in_and_out_in_one_step_where_there_is_room)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_come_out_first_in_first_out),
        cmocka_unit_test(a_full_queue_makes_its_putters_wait),
        cmocka_unit_test(an_empty_queue_makes_its_getters_wait_in_line),
        cmocka_unit_test(a_getter_that_was_woken_and_cancelled_wakes_the_next),
        cmocka_unit_test(a_putter_that_was_woken_and_cancelled_wakes_the_next),
        cmocka_unit_test(the_cancelled_leave_both_lines),
        cmocka_unit_test(a_getter_that_finds_nothing_waits_again),
        cmocka_unit_test(a_priority_queue_gives_the_least_first),
        cmocka_unit_test(an_item_that_cannot_be_compared_stays_in),
        cmocka_unit_test(a_comparison_that_fails_loses_what_was_to_come_out),
        cmocka_unit_test(a_lifo_queue_gives_the_last_first),
        cmocka_unit_test(a_ring_grows_and_wraps),
        cmocka_unit_test(join_waits_until_all_is_done),
        cmocka_unit_test(items_go_in_and_out_in_one_step_where_there_is_room),
    };
    return cmocka_run_group_tests_name("queue", tests, NULL, NULL);
}
