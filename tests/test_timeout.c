/* timeout(): stories that real asyncio tells alike. */
#include "story_check.h"

static void a_block_that_is_left_in_time(void **state)
{
    (void)state;
    story_says("m: timeout 2; sleep 1; end; sleep 5",
               "m:timeout 2@0 m:sleep 1@1 m:end@1 m:sleep 5@6 m.");
}

static void a_block_that_is_too_slow_is_cancelled(void **state)
{
    (void)state;
    story_says("m: try; timeout 2; sleep 5; end; end; sleep 1",
               "m:try@0 m:timeout 2@0 m:sleep 5!CancelledError@2 m:end!TimeoutError@2 "
               "m:caught!TimeoutError@2 m:end@2 m:sleep 1@3 m.");
}

static void no_deadline_at_all(void **state)
{
    (void)state;
    story_says("m: timeout -; sleep 5; end", "m:timeout -@0 m:sleep 5@5 m:end@5 m.");
}

static void a_deadline_that_passed_cancels_at_the_first_await(void **state)
{
    (void)state;
    story_says("m: try; timeout 0; yield; sleep 5; end; end; try; timeout -1; sleep 1; end; end",
               "m:try@0 m:timeout 0@0 m:yield!CancelledError@0 m:end!TimeoutError@0 "
               "m:caught!TimeoutError@0 m:end@0 m:try@0 m:timeout -1@0 m:sleep 1!CancelledError@0 "
               "m:end!TimeoutError@0 m:caught!TimeoutError@0 m:end@0 m.");
}

static void a_block_without_an_await_is_never_cancelled(void **state)
{
    (void)state;
    story_says("m: timeout 0; set E; end; sleep 1",
               "m:timeout 0@0 m:set E@0 m:end@0 m:sleep 1@1 m.");
}

static void the_inner_one_expires_first(void **state)
{
    (void)state;
    story_says("m: timeout 5; try; timeout 1; sleep 9; end; end; sleep 1; end",
               "m:timeout 5@0 m:try@0 m:timeout 1@0 m:sleep 9!CancelledError@1 "
               "m:end!TimeoutError@1 m:caught!TimeoutError@1 m:end@1 m:sleep 1@2 m:end@2 m.");
}

static void the_outer_one_expires_first(void **state)
{
    (void)state;
    story_says("m: try; timeout 1; timeout 5; sleep 9; end; end; end",
               "m:try@0 m:timeout 1@0 m:timeout 5@0 m:sleep 9!CancelledError@1 "
               "m:end!CancelledError@1 m:end!TimeoutError@1 m:caught!TimeoutError@1 m:end@1 m.");
}

static void both_expire_at_once(void **state)
{
    (void)state;
    story_says("m: try; timeout 1; timeout 1; sleep 9; end; end; end; sleep 1",
               "m:try@0 m:timeout 1@0 m:timeout 1@0 m:sleep 9!CancelledError@1 "
               "m:end!CancelledError@1 m:end!TimeoutError@1 m:caught!TimeoutError@1 m:end@1 "
               "m:sleep 1@2 m.");
}

static void a_deadline_can_be_moved(void **state)
{
    (void)state;
    story_says(
        "m: try; timeout 1; move 3; sleep 2; move -; sleep 5; move 1; sleep 9; end; end",
        "m:try@0 m:timeout 1@0 m:move 3@0 m:sleep 2@2 m:move -@2 m:sleep 5@7 m:move 1@7 "
        "m:sleep 9!CancelledError@8 m:end!TimeoutError@8 m:caught!TimeoutError@8 m:end@8 m.");
}

static void moved_into_the_past_it_expires_now(void **state)
{
    (void)state;
    story_says("m: try; timeout 5; move 0; sleep 1; end; end",
               "m:try@0 m:timeout 5@0 m:move 0@0 m:sleep 1!CancelledError@0 m:end!TimeoutError@0 "
               "m:caught!TimeoutError@0 m:end@0 m.");
}

static void an_expired_one_cannot_be_moved(void **state)
{
    (void)state;
    story_says("m: try; timeout 1; try; sleep 2; end; move 5; end; end",
               "m:try@0 m:timeout 1@0 m:try@0 m:sleep 2!CancelledError@1 "
               "m:caught!CancelledError@1 m:end@1 m:move 5!RuntimeError@1 m:end!RuntimeError@1 "
               "m:caught!RuntimeError@1 m:end@1 m.");
}

static void a_swallowed_cancellation_ends_the_block_well(void **state)
{
    (void)state;
    story_says("m: timeout 1; try; sleep 5; end; sleep 1; end",
               "m:timeout 1@0 m:try@0 m:sleep 5!CancelledError@1 m:caught!CancelledError@1 "
               "m:end@1 m:sleep 1@2 m:end@2 m.");
}

static void another_exception_goes_through(void **state)
{
    (void)state;
    story_says("m: try; timeout 1; try; sleep 5; end; raise Boom; end; end; try; timeout 5; raise "
               "Boom; end; end",
               "m:try@0 m:timeout 1@0 m:try@0 m:sleep 5!CancelledError@1 "
               "m:caught!CancelledError@1 m:end@1 m:raise Boom!Boom@1 m:end!Boom@1 "
               "m:caught!Boom@1 m:end@1 m:try@1 m:timeout 5@1 m:raise Boom!Boom@1 m:end!Boom@1 "
               "m:caught!Boom@1 m:end@1 m.");
}

static void a_cancellation_from_outside_is_no_timeout(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; cancel a; wait_all a -\n"
               "a: timeout 5; sleep 9; end",
               "m:start a@0 a:timeout 5@0 m:sleep 1@1 m:cancel a@1 a:sleep 9!CancelledError@1 "
               "a:end!CancelledError@1 a.m:wait_all a -=a/@1 m.");
}

static void cancelled_by_both_it_is_no_timeout(void **state)
{
    (void)state;
    story_says("m: start a; start b; wait_all ab -\n"
               "a: timeout 1; sleep 9; end\n"
               "b: sleep 1; cancel a",
               "m:start a@0 m:start b@0 a:timeout 1@0 a:sleep 9!CancelledError@1 "
               "a:end!TimeoutError@1 a.b:sleep 1@1 b:cancel a@1 b.m:wait_all ab -=ab/@1 m.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_that_is_left_in_time),
        cmocka_unit_test(a_block_that_is_too_slow_is_cancelled),
        cmocka_unit_test(no_deadline_at_all),
        cmocka_unit_test(a_deadline_that_passed_cancels_at_the_first_await),
        cmocka_unit_test(a_block_without_an_await_is_never_cancelled),
        cmocka_unit_test(the_inner_one_expires_first),
        cmocka_unit_test(the_outer_one_expires_first),
        cmocka_unit_test(both_expire_at_once),
        cmocka_unit_test(a_deadline_can_be_moved),
        cmocka_unit_test(moved_into_the_past_it_expires_now),
        cmocka_unit_test(an_expired_one_cannot_be_moved),
        cmocka_unit_test(a_swallowed_cancellation_ends_the_block_well),
        cmocka_unit_test(another_exception_goes_through),
        cmocka_unit_test(a_cancellation_from_outside_is_no_timeout),
        cmocka_unit_test(cancelled_by_both_it_is_no_timeout),
    };
    return cmocka_run_group_tests_name("timeout", tests, NULL, NULL);
}
