/* What the trace tells of locks, barriers, queues, timeouts, wait_for and groups. */
#include "story_check.h"

static void a_lock_is_traced_with_its_line(void **state)
{
    (void)state;
    story_traces("m: start a; wait_all a -\n"
                 "a: with L; start b; sleep 1; end\n"
                 "b: acquire L",
                 "sync task=3 sync=wait aux=1 object=5 level=1\n"
                 "step_end task=3 step=await on=lock future=8 timer=0\n"
                 "await_label task=3 label=\"L\" future=8\n");
}

static void a_barrier_is_traced_as_one_thing(void **state)
{
    (void)state;
    story_traces("m: start a; start b; wait_all ab -\n"
                 "a: wait B\n"
                 "b: wait B",
                 "sync_new new=6 object=barrier name=\"\" limit=2\n"
                 "sync task=2 sync=wait aux=1 object=6 level=1\n"
                 "step_end task=2 step=await on=barrier future=7 timer=0\n"
                 "step_begin task=3 resume=start\n"
                 "sync task=3 sync=pass aux=2 object=6 level=2\n");
}

static void a_join_is_traced_as_the_queues(void **state)
{
    (void)state;
    story_traces("m: put Q x; put Q y; get Q; start a; yield; done Q; done Q; await a\n"
                 "a: join Q",
                 "sync task=2 sync=wait aux=1 object=3 level=1\n"
                 "step_end task=2 step=await on=queue_join future=5 timer=0\n"
                 "await_label task=2 label=\"Q\" future=5\n");
}

static void a_timeout_is_traced_to_its_end(void **state)
{
    (void)state;
    story_traces("m: try; timeout 1; sleep 9; end; end",
                 "timeout task=1 timeout=expired block=3 timer=4\n"
                 "cancel_requested task=1 aux=1 by=0 message=\"\"\n");
    story_traces("m: try; timeout 1; sleep 9; end; end",
                 "uncancelled task=1 requests=0\n"
                 "timeout task=1 timeout=raised block=3 timer=0\n");
}

static void a_wait_for_is_traced_with_its_timer(void **state)
{
    (void)state;
    story_traces("m: start a; wait_for a 1\n"
                 "a: sleep 5",
                 "combine_begin outer=4 combine=wait_for children=1\n"
                 "combine_child outer=4 await=task child=2 index=0\n"
                 "step_end task=1 step=await on=wait_for future=4 timer=5\n");
    story_traces("m: start a; wait_for a 1\n"
                 "a: sleep 5",
                 "combine_end outer=4 ended=timeout done=1 children=1\n");
}

static void a_group_is_traced_with_its_tasks(void **state)
{
    (void)state;
    story_traces("m: group; create a; create b; end\n"
                 "a: raise Boom\n"
                 "b: sleep 5",
                 "combine_progress outer=3 outcome=exception done=1 children=2\n"
                 "group_abort group=3 failed=2\n");
    story_traces("m: group; create a; create b; end\n"
                 "a: raise Boom\n"
                 "b: sleep 5",
                 "combine_end outer=3 ended=exception done=2 children=2\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lock_is_traced_with_its_line),
        cmocka_unit_test(a_barrier_is_traced_as_one_thing),
        cmocka_unit_test(a_join_is_traced_as_the_queues),
        cmocka_unit_test(a_timeout_is_traced_to_its_end),
        cmocka_unit_test(a_wait_for_is_traced_with_its_timer),
        cmocka_unit_test(a_group_is_traced_with_its_tasks),
    };
    return cmocka_run_group_tests_name("operation_trace", tests, NULL, NULL);
}
