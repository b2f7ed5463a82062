/* wait, as_completed and wait_for: stories that real asyncio tells alike. */
#include "story_check.h"

static void all_are_waited_for(void **state)
{
    (void)state;
    story_says("m: start a; start b; wait_all ab -; wait_all abab -\n"
               "a: sleep 2; return x\n"
               "b: sleep 1; raise Boom",
               "m:start a@0 m:start b@0 b:sleep 1@1 b:raise Boom!Boom@1 b.a:sleep 2@2 "
               "a:return x=x@2 a.m:wait_all ab -=ab/@2 m:wait_all abab -=ab/@2 m.");
}

static void the_first_one_ends_it(void **state)
{
    (void)state;
    story_says("m: start a; start b; wait_first ab -; wait_all ab -\n"
               "a: sleep 2\n"
               "b: sleep 1",
               "m:start a@0 m:start b@0 b:sleep 1@1 b.m:wait_first ab -=b/a@1 a:sleep 2@2 "
               "a.m:wait_all ab -=ab/@2 m.");
}

static void the_first_failure_ends_it(void **state)
{
    (void)state;
    story_says("m: start a; start b; start c; wait_failed abc -; wait_all abc -\n"
               "a: sleep 1\n"
               "b: sleep 2; raise Boom\n"
               "c: sleep 3",
               "m:start a@0 m:start b@0 m:start c@0 a:sleep 1@1 a.b:sleep 2@2 b:raise Boom!Boom@2 "
               "b.m:wait_failed abc -=ab/c@2 c:sleep 3@3 c.m:wait_all abc -=abc/@3 m.");
}

static void without_a_failure_all_are_waited_for(void **state)
{
    (void)state;
    story_says("m: start a; start b; sleep 1; cancel b; wait_failed ab -\n"
               "a: sleep 2\n"
               "b: sleep 9",
               "m:start a@0 m:start b@0 m:sleep 1@1 m:cancel b@1 b:sleep 9!CancelledError@1 "
               "b.a:sleep 2@2 a.m:wait_failed ab -=ab/@2 m.");
}

static void time_is_up_before_all_are_done(void **state)
{
    (void)state;
    story_says("m: start a; start b; wait_all ab 2; wait_all ab 5; wait_first ab 0\n"
               "a: sleep 1\n"
               "b: sleep 3",
               "m:start a@0 m:start b@0 a:sleep 1@1 a.m:wait_all ab 2=a/b@2 b:sleep 3@3 "
               "b.m:wait_all ab 5=ab/@3 m:wait_first ab 0=ab/@3 m.");
}

static void time_and_the_last_child_come_together(void **state)
{
    (void)state;
    story_says("m: start a; wait_all a 1\n"
               "a: sleep 1",
               "m:start a@0 m:wait_all a 1=/a@1 m.a:sleep 1@1 a.");
}

static void a_cancelled_wait_leaves_its_children_alone(void **state)
{
    (void)state;
    story_says("m: start a; start b; sleep 1; cancel a; wait_all ab -\n"
               "a: try; wait_all b 9; end\n"
               "b: sleep 2",
               "m:start a@0 m:start b@0 a:try@0 m:sleep 1@1 m:cancel a@1 "
               "a:wait_all b 9!CancelledError@1 a:caught!CancelledError@1 a:end@1 a.b:sleep 2@2 "
               "b.m:wait_all ab -=ab/@2 m.");
}

static void two_children_end_at_the_same_time(void **state)
{
    (void)state;
    story_says("m: start a; start b; wait_first ab -; sleep 1\n"
               "a: sleep 1\n"
               "b: sleep 1",
               "m:start a@0 m:start b@0 a:sleep 1@1 a.b:sleep 1@1 b.m:wait_first ab -=ab/@1 "
               "m:sleep 1@2 m.");
}

static void results_come_as_they_are_completed(void **state)
{
    (void)state;
    story_says("m: start a; start b; start c; completed abc -\n"
               "a: sleep 3; return x\n"
               "b: sleep 1; raise Boom\n"
               "c: sleep 2; return z",
               "m:start a@0 m:start b@0 m:start c@0 b:sleep 1@1 b:raise Boom!Boom@1 "
               "b.m:completed abc -!Boom@1 c:sleep 2@2 c:return z=z@2 c.m:completed abc -=z@2 "
               "a:sleep 3@3 a:return x=x@3 a.m:completed abc -=x@3 m.");
}

static void what_is_not_completed_in_time_raises(void **state)
{
    (void)state;
    story_says("m: start a; start b; start c; completed abca 2; wait_all abc -\n"
               "a: sleep 1; return x\n"
               "b: sleep 3\n"
               "c: sleep 4",
               "m:start a@0 m:start b@0 m:start c@0 a:sleep 1@1 a:return x=x@1 "
               "a.m:completed abca 2=x@1 m:completed abca 2!TimeoutError@2 "
               "m:completed abca 2!TimeoutError@2 b:sleep 3@3 b.c:sleep 4@4 "
               "c.m:wait_all abc -=abc/@4 m.");
}

static void all_are_completed_in_time(void **state)
{
    (void)state;
    story_says("m: start a; start b; completed ab 5\n"
               "a: sleep 1; return x\n"
               "b: sleep 2; return y",
               "m:start a@0 m:start b@0 a:sleep 1@1 a:return x=x@1 a.m:completed ab 5=x@1 "
               "b:sleep 2@2 b:return y=y@2 b.m:completed ab 5=y@2 m.");
}

static void a_cancelled_child_is_completed_too(void **state)
{
    (void)state;
    story_says("m: start a; start b; start c; sleep 1; cancel b; await a\n"
               "a: completed bc -\n"
               "b: sleep 9\n"
               "c: sleep 2",
               "m:start a@0 m:start b@0 m:start c@0 m:sleep 1@1 m:cancel b@1 "
               "b:sleep 9!CancelledError@1 b.a:completed bc -!CancelledError@1 "
               "a.m:await a!CancelledError@1 m.");
}

static void who_waits_for_the_next_can_be_cancelled(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; start b; cancel a; sleep 5\n"
               "a: start c; completed c 3\n"
               "c: sleep 9",
               "m:start a@0 a:start c@0 m:sleep 1@1 m:-@1 m:cancel a@1 "
               "a:completed c 3!CancelledError@1 a.m:sleep 5@6 m.");
}

static void wait_for_gives_the_result(void **state)
{
    (void)state;
    story_says("m: start a; start b; wait_for a 5; wait_for a 0; wait_for a -; wait_for b -\n"
               "a: sleep 1; return x\n"
               "b: sleep 3; return y",
               "m:start a@0 m:start b@0 a:sleep 1@1 a:return x=x@1 a.m:wait_for a 5=x@1 "
               "m:wait_for a 0=x@1 m:wait_for a -=x@1 b:sleep 3@3 b:return y=y@3 "
               "b.m:wait_for b -=y@3 m.");
}

static void wait_for_raises_what_it_waits_for(void **state)
{
    (void)state;
    story_says("m: start a; wait_for a 5\n"
               "a: sleep 1; raise Boom",
               "m:start a@0 a:sleep 1@1 a:raise Boom!Boom@1 a.m:wait_for a 5!Boom@1 m.");
}

static void wait_for_cancels_when_time_is_up(void **state)
{
    (void)state;
    story_says("m: start a; wait_for a 2\n"
               "a: sleep 5",
               "m:start a@0 a:sleep 5!CancelledError@2 a.m:wait_for a 2!TimeoutError@2 m.");
}

static void wait_for_waits_until_the_cancelled_is_done(void **state)
{
    (void)state;
    story_says("m: start a; wait_for a 2\n"
               "a: try; sleep 5; end; sleep 3; return late",
               "m:start a@0 a:try@0 a:sleep 5!CancelledError@2 a:caught!CancelledError@2 a:end@2 "
               "a:sleep 3@5 a:return late=late@5 a.m:wait_for a 2=late@5 m.");
}

static void wait_for_raises_what_the_cancelled_raised(void **state)
{
    (void)state;
    story_says("m: start a; wait_for a 2\n"
               "a: try; sleep 5; end; sleep 1; raise Boom",
               "m:start a@0 a:try@0 a:sleep 5!CancelledError@2 a:caught!CancelledError@2 a:end@2 "
               "a:sleep 1@3 a:raise Boom!Boom@3 a.m:wait_for a 2!Boom@3 m.");
}

static void wait_for_with_no_time_cancels_at_once(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; wait_for a 0\n"
               "a: sleep 5",
               "m:start a@0 m:sleep 1@1 a:sleep 5!CancelledError@1 "
               "a.m:wait_for a 0!TimeoutError@1 m.");
}

static void wait_for_with_no_time_waits_for_the_cancelled(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; try; wait_for a -1; end\n"
               "a: try; sleep 5; end; sleep 1; return x",
               "m:start a@0 a:try@0 m:sleep 1@1 m:try@1 a:sleep 5!CancelledError@1 "
               "a:caught!CancelledError@1 a:end@1 a:sleep 1@2 a:return x=x@2 "
               "a.m:wait_for a -1=x@2 m:end@2 m.");
}

static void a_cancelled_wait_for_cancels_first(void **state)
{
    (void)state;
    story_says("m: start a; start b; sleep 1; cancel a; wait_all ab -\n"
               "a: wait_for b 9\n"
               "b: try; sleep 5; end; sleep 1",
               "m:start a@0 m:start b@0 b:try@0 m:sleep 1@1 m:cancel a@1 "
               "b:sleep 5!CancelledError@1 b:caught!CancelledError@1 b:end@1 b:sleep 1@2 "
               "b.a:wait_for b 9!CancelledError@2 a.m:wait_all ab -=ab/@2 m.");
}

static void a_cancelled_wait_for_without_a_timeout(void **state)
{
    (void)state;
    story_says("m: start a; start b; sleep 1; cancel a; wait_all ab -\n"
               "a: wait_for b -\n"
               "b: sleep 5",
               "m:start a@0 m:start b@0 m:sleep 1@1 m:cancel a@1 b:sleep 5!CancelledError@1 "
               "b.a:wait_for b -!CancelledError@1 a.m:wait_all ab -=ab/@1 m.");
}

static void a_wait_for_cancelled_when_the_result_is_there_gives_it(void **state)
{
    (void)state;
    story_says("m: start a; start b; sleep 2; wait_all ab -\n"
               "a: wait_for c 9; return x\n"
               "b: start c; sleep 1; cancel a\n"
               "c: sleep 1; return y",
               "m:start a@0 m:start b@0 a:-@0 a:return x=x@0 a.b:start c@0 b:sleep 1@1 "
               "b:cancel a@1 b.c:sleep 1@1 c:return y=y@1 c.m:sleep 2@2 m:wait_all ab -=ab/@2 m.");
}

static void a_wait_for_cancelled_twice_gives_up(void **state)
{
    (void)state;
    story_says("m: start a; start b; sleep 1; cancel a; sleep 1; cancel a; wait_all ab -\n"
               "a: wait_for b 9\n"
               "b: try; sleep 5; end; sleep 5",
               "m:start a@0 m:start b@0 b:try@0 m:sleep 1@1 m:cancel a@1 "
               "b:sleep 5!CancelledError@1 b:caught!CancelledError@1 b:end@1 m:sleep 1@2 "
               "m:cancel a@2 a:wait_for b 9!CancelledError@2 a.b:sleep 5@6 "
               "b.m:wait_all ab -=ab/@6 m.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_waited_for),
        cmocka_unit_test(the_first_one_ends_it),
        cmocka_unit_test(the_first_failure_ends_it),
        cmocka_unit_test(without_a_failure_all_are_waited_for),
        cmocka_unit_test(time_is_up_before_all_are_done),
        cmocka_unit_test(time_and_the_last_child_come_together),
        cmocka_unit_test(a_cancelled_wait_leaves_its_children_alone),
        cmocka_unit_test(two_children_end_at_the_same_time),
        cmocka_unit_test(results_come_as_they_are_completed),
        cmocka_unit_test(what_is_not_completed_in_time_raises),
        cmocka_unit_test(all_are_completed_in_time),
        cmocka_unit_test(a_cancelled_child_is_completed_too),
        cmocka_unit_test(who_waits_for_the_next_can_be_cancelled),
        cmocka_unit_test(wait_for_gives_the_result),
        cmocka_unit_test(wait_for_raises_what_it_waits_for),
        cmocka_unit_test(wait_for_cancels_when_time_is_up),
        cmocka_unit_test(wait_for_waits_until_the_cancelled_is_done),
        cmocka_unit_test(wait_for_raises_what_the_cancelled_raised),
        cmocka_unit_test(wait_for_with_no_time_cancels_at_once),
        cmocka_unit_test(wait_for_with_no_time_waits_for_the_cancelled),
        cmocka_unit_test(a_cancelled_wait_for_cancels_first),
        cmocka_unit_test(a_cancelled_wait_for_without_a_timeout),
        cmocka_unit_test(a_wait_for_cancelled_when_the_result_is_there_gives_it),
        cmocka_unit_test(a_wait_for_cancelled_twice_gives_up),
    };
    return cmocka_run_group_tests_name("wait", tests, NULL, NULL);
}
