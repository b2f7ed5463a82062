/* TaskGroup: stories that real asyncio tells alike, and what only a guest can provoke. */
#include "story_check.h"

static void it_waits_for_all_its_tasks(void **state)
{
    (void)state;
    story_says("m: group; create a; create b; end; sleep 1\n"
               "a: sleep 2\n"
               "b: sleep 1",
               "m:group@0 m:create a@0 m:create b@0 b:sleep 1@1 b.a:sleep 2@2 a.m:end@2 "
               "m:sleep 1@3 m.");
}

static void an_empty_group_does_not_wait(void **state)
{
    (void)state;
    story_says("m: group; end", "m:group@0 m:end@0 m.");
}

static void a_failing_task_cancels_the_others(void **state)
{
    (void)state;
    story_says("m: try; group; create a; create b; create c; sleep 9; end; end; sleep 1\n"
               "a: sleep 1; raise Boom\n"
               "b: sleep 5\n"
               "c: try; sleep 5; end; sleep 2",
               "m:try@0 m:group@0 m:create a@0 m:create b@0 m:create c@0 c:try@0 a:sleep 1@1 "
               "a:raise Boom!Boom@1 a.b:sleep 5!CancelledError@1 b.c:sleep 5!CancelledError@1 "
               "c:caught!CancelledError@1 c:end@1 m:sleep 9!CancelledError@1 c:sleep 2@3 "
               "c.m:end!Group[Boom]@3 m:caught!Group[Boom]@3 m:end@3 m:sleep 1@4 m.");
}

static void several_failures_are_one_group(void **state)
{
    (void)state;
    story_says("m: try; group; create a; create b; end; end\n"
               "a: sleep 1; raise Boom\n"
               "b: sleep 1; raise Bang",
               "m:try@0 m:group@0 m:create a@0 m:create b@0 a:sleep 1@1 a:raise Boom!Boom@1 "
               "a.b:sleep 1@1 b:raise Bang!Bang@1 b.m:end!Group[Boom,Bang]@1 "
               "m:caught!Group[Boom,Bang]@1 m:end@1 m.");
}

static void a_failing_block_cancels_the_tasks(void **state)
{
    (void)state;
    story_says(
        "m: try; group; create a; sleep 1; raise Boom; end; end\n"
        "a: sleep 5",
        "m:try@0 m:group@0 m:create a@0 m:sleep 1@1 m:raise Boom!Boom@1 "
        "a:sleep 5!CancelledError@1 a.m:end!Group[Boom]@1 m:caught!Group[Boom]@1 m:end@1 m.");
}

static void block_and_task_both_fail(void **state)
{
    (void)state;
    story_says("m: try; group; create a; sleep 1; raise Boom; end; end\n"
               "a: try; sleep 5; end; raise Bang",
               "m:try@0 m:group@0 m:create a@0 a:try@0 m:sleep 1@1 m:raise Boom!Boom@1 "
               "a:sleep 5!CancelledError@1 a:caught!CancelledError@1 a:end@1 a:raise Bang!Bang@1 "
               "a.m:end!Group[Bang,Boom]@1 m:caught!Group[Bang,Boom]@1 m:end@1 m.");
}

static void a_cancelled_parent_cancels_the_tasks(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; cancel a; wait_all a -\n"
               "a: group; create b; sleep 9; end\n"
               "b: sleep 5",
               "m:start a@0 a:group@0 a:create b@0 m:sleep 1@1 m:cancel a@1 "
               "a:sleep 9!CancelledError@1 b:sleep 5!CancelledError@1 b.a:end!CancelledError@1 "
               "a.m:wait_all a -=a/@1 m.");
}

static void cancelled_while_it_leaves(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; cancel a; sleep 1; cancel a; wait_all a -\n"
               "a: group; create b; end\n"
               "b: try; sleep 5; end; sleep 5",
               "m:start a@0 a:group@0 a:create b@0 b:try@0 m:sleep 1@1 m:cancel a@1 "
               "b:sleep 5!CancelledError@1 b:caught!CancelledError@1 b:end@1 m:sleep 1@2 "
               "m:cancel a@2 b:sleep 5@6 b.a:end!CancelledError@6 a.m:wait_all a -=a/@6 m.");
}

static void cancelled_from_outside_while_a_task_fails(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; cancel a; wait_all a -\n"
               "a: group; create b; end\n"
               "b: try; sleep 5; end; raise Boom",
               "m:start a@0 a:group@0 a:create b@0 b:try@0 m:sleep 1@1 m:cancel a@1 "
               "b:sleep 5!CancelledError@1 b:caught!CancelledError@1 b:end@1 b:raise Boom!Boom@1 "
               "b.a:end!Group[Boom]@1 a.m:wait_all a -=a/@1 m.");
}

static void cancelled_and_failed_at_once(void **state)
{
    (void)state;
    story_says("m: start a; start d; wait_all ad -\n"
               "a: try; group; create b; end; end\n"
               "b: sleep 1; raise Boom\n"
               "d: sleep 1; cancel a",
               "m:start a@0 m:start d@0 a:try@0 a:group@0 a:create b@0 d:sleep 1@1 d:cancel a@1 "
               "d.b:sleep 1@1 b:raise Boom!Boom@1 b.a:end!Group[Boom]@1 a:caught!Group[Boom]@1 "
               "a:end@1 a.m:wait_all ad -=ad/@1 m.");
}

static void a_cancelled_task_is_no_failure(void **state)
{
    (void)state;
    story_says("m: group; create a; create b; sleep 1; cancel a; end\n"
               "a: sleep 5\n"
               "b: sleep 3",
               "m:group@0 m:create a@0 m:create b@0 m:sleep 1@1 m:cancel a@1 "
               "a:sleep 5!CancelledError@1 a.b:sleep 3@3 b.m:end@3 m.");
}

static void nothing_is_created_in_a_group_that_shuts_down(void **state)
{
    (void)state;
    story_says("m: try; group; create a; try; sleep 9; end; create b; end; end\n"
               "a: sleep 1; raise Boom\n"
               "b: sleep 1",
               "m:try@0 m:group@0 m:create a@0 m:try@0 a:sleep 1@1 a:raise Boom!Boom@1 "
               "a.m:sleep 9!CancelledError@1 m:caught!CancelledError@1 m:end@1 "
               "m:create b!RuntimeError@1 m:end!Group[Boom,RuntimeError]@1 "
               "m:caught!Group[Boom,RuntimeError]@1 m:end@1 m.");
}

static void groups_within_groups(void **state)
{
    (void)state;
    story_says("m: try; group; create a; group; create b; sleep 3; end; end; end\n"
               "a: sleep 9\n"
               "b: sleep 1; raise Boom",
               "m:try@0 m:group@0 m:create a@0 m:group@0 m:create b@0 b:sleep 1@1 "
               "b:raise Boom!Boom@1 b.m:sleep 3!CancelledError@1 m:end!Group[Boom]@1 "
               "a:sleep 9!CancelledError@1 a.m:end!Group[Group[Boom]]@1 "
               "m:caught!Group[Group[Boom]]@1 m:end@1 m.");
}

static void five_failures_and_more(void **state)
{
    (void)state;
    story_says("m: try; group; create a; create b; create c; create d; create e; end; end\n"
               "a: raise A\n"
               "b: raise B\n"
               "c: raise C\n"
               "d: raise D\n"
               "e: raise E",
               "m:try@0 m:group@0 m:create a@0 m:create b@0 m:create c@0 m:create d@0 "
               "m:create e@0 a:raise A!A@0 a.b:raise B!B@0 b.c:raise C!C@0 c.d:raise D!D@0 "
               "d.e:raise E!E@0 e.m:end!Group[A,B,C,D,E]@0 m:caught!Group[A,B,C,D,E]@0 m:end@0 m.");
}

static void swallowing_the_cancellation_still_raises_the_group(void **state)
{
    (void)state;
    story_says("m: try; group; create a; try; sleep 9; end; sleep 1; end; end; sleep 1\n"
               "a: sleep 1; raise Boom",
               "m:try@0 m:group@0 m:create a@0 m:try@0 a:sleep 1@1 a:raise Boom!Boom@1 "
               "a.m:sleep 9!CancelledError@1 m:caught!CancelledError@1 m:end@1 m:sleep 1@2 "
               "m:end!Group[Boom]@2 m:caught!Group[Boom]@2 m:end@2 m:sleep 1@3 m.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_waits_for_all_its_tasks),
        cmocka_unit_test(an_empty_group_does_not_wait),
        cmocka_unit_test(a_failing_task_cancels_the_others),
        cmocka_unit_test(several_failures_are_one_group),
        cmocka_unit_test(a_failing_block_cancels_the_tasks),
        cmocka_unit_test(block_and_task_both_fail),
        cmocka_unit_test(a_cancelled_parent_cancels_the_tasks),
        cmocka_unit_test(cancelled_while_it_leaves),
        cmocka_unit_test(cancelled_from_outside_while_a_task_fails),
        cmocka_unit_test(cancelled_and_failed_at_once),
        cmocka_unit_test(a_cancelled_task_is_no_failure),
        cmocka_unit_test(nothing_is_created_in_a_group_that_shuts_down),
        cmocka_unit_test(groups_within_groups),
        cmocka_unit_test(five_failures_and_more),
        cmocka_unit_test(swallowing_the_cancellation_still_raises_the_group),
    };
    return cmocka_run_group_tests_name("group", tests, NULL, NULL);
}
