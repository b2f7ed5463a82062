/* Locks, events, semaphores, conditions and barriers: stories that real asyncio tells alike. */
#include "story_check.h"

static void a_lock_is_handed_on_in_order(void **state)
{
    (void)state;
    story_says("m: start a; start b; start c; wait_all abc -\n"
               "a: acquire L; sleep 1; release L\n"
               "b: acquire L; sleep 1; release L\n"
               "c: with L; sleep 1; end",
               "m:start a@0 m:start b@0 m:start c@0 a:acquire L@0 a:sleep 1@1 a:release L@1 "
               "a.b:acquire L@1 b:sleep 1@2 b:release L@2 b.c:with L@2 c:sleep 1@3 c:end@3 "
               "c.m:wait_all abc -=abc/@3 m.");
}

static void a_lock_that_is_free_is_taken_at_once(void **state)
{
    (void)state;
    story_says("m: acquire L; release L; release L",
               "m:acquire L@0 m:release L@0 m:release L!RuntimeError@0 m.");
}

static void who_is_cancelled_in_line_is_passed_over(void **state)
{
    (void)state;
    story_says("m: start a; start b; start c; sleep 1; cancel b; wait_all abc -\n"
               "a: acquire L; sleep 2; release L\n"
               "b: acquire L\n"
               "c: acquire L",
               "m:start a@0 m:start b@0 m:start c@0 a:acquire L@0 m:sleep 1@1 m:cancel b@1 "
               "b:acquire L!CancelledError@1 b.a:sleep 2@2 a:release L@2 a.c:acquire L@2 "
               "c.m:wait_all abc -=abc/@2 m.");
}

static void who_is_cancelled_when_woken_wakes_the_next(void **state)
{
    (void)state;
    story_says("m: acquire L; start b; start c; sleep 1; release L; cancel b; wait_all bc -\n"
               "b: acquire L\n"
               "c: acquire L",
               "m:acquire L@0 m:start b@0 m:start c@0 m:sleep 1@1 m:release L@1 m:cancel b@1 "
               "b:acquire L!CancelledError@1 b.c:acquire L@1 c.m:wait_all bc -=bc/@1 m.");
}

static void a_cancelled_line_does_not_hold_up_the_lock(void **state)
{
    (void)state;
    story_says("m: acquire L; start b; sleep 1; cancel b; release L; acquire L; sleep 1\n"
               "b: acquire L",
               "m:acquire L@0 m:start b@0 m:sleep 1@1 m:cancel b@1 m:release L@1 m:acquire L@1 "
               "b:acquire L!CancelledError@1 b.m:sleep 1@2 m.");
}

static void an_event_wakes_all_who_wait(void **state)
{
    (void)state;
    story_says("m: start a; start b; sleep 1; set E; set E; wait E; clear E; start c; sleep 1; "
               "cancel c; wait_all abc -\n"
               "a: wait E\n"
               "b: wait E\n"
               "c: wait E",
               "m:start a@0 m:start b@0 m:sleep 1@1 m:set E@1 m:set E@1 m:wait E@1 m:clear E@1 "
               "m:start c@1 a:wait E@1 a.b:wait E@1 b.m:sleep 1@2 m:cancel c@2 "
               "c:wait E!CancelledError@2 c.m:wait_all abc -=abc/@2 m.");
}

static void a_semaphore_admits_so_many(void **state)
{
    (void)state;
    story_says("m: start a; start b; start c; wait_all abc -\n"
               "a: acquire S; sleep 1; release S\n"
               "b: acquire S; sleep 2; release S\n"
               "c: acquire S; sleep 1; release S",
               "m:start a@0 m:start b@0 m:start c@0 a:acquire S@0 b:acquire S@0 a:sleep 1@1 "
               "a:release S@1 a.c:acquire S@1 b:sleep 2@2 b:release S@2 b.c:sleep 1@2 "
               "c:release S@2 c.m:wait_all abc -=abc/@2 m.");
}

static void a_bounded_semaphore_is_not_released_too_often(void **state)
{
    (void)state;
    story_says("m: acquire T; release T; release T",
               "m:acquire T@0 m:release T@0 m:release T!ValueError@0 m.");
}

static void a_semaphore_passes_on_what_the_cancelled_had_got(void **state)
{
    (void)state;
    story_says("m: acquire T; start b; start c; sleep 1; release T; cancel b; wait_all bc -\n"
               "b: acquire T\n"
               "c: acquire T",
               "m:acquire T@0 m:start b@0 m:start c@0 m:sleep 1@1 m:release T@1 m:cancel b@1 "
               "b:acquire T!CancelledError@1 b.c:acquire T@1 c.m:wait_all bc -=bc/@1 m.");
}

static void a_semaphore_forgets_the_cancelled(void **state)
{
    (void)state;
    story_says(
        "m: acquire T; start b; sleep 1; cancel b; sleep 1; release T; acquire T; release T\n"
        "b: acquire T",
        "m:acquire T@0 m:start b@0 m:sleep 1@1 m:cancel b@1 b:acquire T!CancelledError@1 "
        "b.m:sleep 1@2 m:release T@2 m:acquire T@2 m:release T@2 m.");
}

static void a_semaphore_wakes_as_many_as_it_can(void **state)
{
    (void)state;
    story_says("m: acquire S; acquire S; start a; start b; start c; sleep 1; release S; release S; "
               "release S; wait_all abc -\n"
               "a: acquire S\n"
               "b: acquire S\n"
               "c: acquire S",
               "m:acquire S@0 m:acquire S@0 m:start a@0 m:start b@0 m:start c@0 m:sleep 1@1 "
               "m:release S@1 m:release S@1 m:release S@1 a:acquire S@1 a.b:acquire S@1 "
               "b.c:acquire S@1 c.m:wait_all abc -=abc/@1 m.");
}

static void a_condition_wakes_as_many_as_it_is_told(void **state)
{
    (void)state;
    story_says("m: start a; start b; start c; sleep 1; acquire C; notify C 2; release C; sleep 1; "
               "acquire C; notify C 9; release C; wait_all abc -\n"
               "a: with C; wait C; end\n"
               "b: with C; wait C; end\n"
               "c: with C; wait C; end",
               "m:start a@0 m:start b@0 m:start c@0 a:with C@0 b:with C@0 c:with C@0 m:sleep 1@1 "
               "m:acquire C@1 m:notify C 2@1 m:release C@1 a:wait C@1 a:end@1 a.b:wait C@1 "
               "b:end@1 b.m:sleep 1@2 m:acquire C@2 m:notify C 9@2 m:release C@2 c:wait C@2 "
               "c:end@2 c.m:wait_all abc -=abc/@2 m.");
}

static void a_condition_needs_its_lock(void **state)
{
    (void)state;
    story_says("m: try; wait C; end; notify C 1",
               "m:try@0 m:wait C!RuntimeError@0 m:caught!RuntimeError@0 m:end@0 "
               "m:notify C 1!RuntimeError@0 m.");
}

static void a_condition_waits_until_something_holds(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; acquire C; notify C 1; release C; sleep 1; acquire C; set E; "
               "notify C 1; release C; await a\n"
               "a: with C; wait_until C E; end",
               "m:start a@0 a:with C@0 m:sleep 1@1 m:acquire C@1 m:notify C 1@1 m:release C@1 "
               "m:sleep 1@2 m:acquire C@2 m:set E@2 m:notify C 1@2 m:release C@2 "
               "a:wait_until C E=True@2 a:end@2 a.m:await a@2 m.");
}

static void who_is_cancelled_in_a_condition_takes_the_lock_first(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; acquire C; cancel a; sleep 1; release C; wait_all a -\n"
               "a: acquire C; try; wait C; end; release C",
               "m:start a@0 a:acquire C@0 a:try@0 m:sleep 1@1 m:acquire C@1 m:cancel a@1 "
               "m:sleep 1@2 m:release C@2 a:wait C!CancelledError@2 a:caught!CancelledError@2 "
               "a:end@2 a:release C@2 a.m:wait_all a -=a/@2 m.");
}

static void a_second_cancellation_waits_for_the_lock_too(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; acquire C; notify C 1; sleep 1; cancel a; sleep 1; cancel a; "
               "sleep 1; release C; wait_all a -\n"
               "a: acquire C; try; wait C; end; release C",
               "m:start a@0 a:acquire C@0 a:try@0 m:sleep 1@1 m:acquire C@1 m:notify C 1@1 "
               "m:sleep 1@2 m:cancel a@2 m:sleep 1@3 m:cancel a@3 m:sleep 1@4 m:release C@4 "
               "a:wait C!CancelledError@4 a:caught!CancelledError@4 a:end@4 a:release C@4 "
               "a.m:wait_all a -=a/@4 m.");
}

static void a_barrier_lets_its_parties_go_together(void **state)
{
    (void)state;
    story_says("m: start a; start b; wait_all ab -\n"
               "a: wait B\n"
               "b: sleep 2; wait B",
               "m:start a@0 m:start b@0 b:sleep 2@2 b:wait B=1@2 b.a:wait B=0@2 "
               "a.m:wait_all ab -=ab/@2 m.");
}

static void a_barrier_that_drains_keeps_the_next_ones_out(void **state)
{
    (void)state;
    story_says("m: start a; start b; start c; start d; start e; wait_all abcde 5\n"
               "a: wait B; wait B\n"
               "b: wait B\n"
               "c: wait B\n"
               "d: wait B\n"
               "e: wait B",
               "m:start a@0 m:start b@0 m:start c@0 m:start d@0 m:start e@0 b:wait B=1@0 "
               "b.a:wait B=0@0 c:wait B=1@0 c.a:wait B=0@0 a.e:wait B=1@0 e.d:wait B=0@0 "
               "d.m:wait_all abcde 5=abcde/@0 m.");
}

static void who_waits_for_a_barrier_to_drain_can_be_cancelled(void **state)
{
    (void)state;
    story_says("m: start a; start b; start c; yield; yield; cancel c; wait_all abc -\n"
               "a: wait B\n"
               "b: wait B\n"
               "c: wait B",
               "m:start a@0 m:start b@0 m:start c@0 b:wait B=1@0 b.m:yield@0 a:wait B=0@0 "
               "a.m:yield@0 m:cancel c@0 c:wait B!CancelledError@0 c.m:wait_all abc -=abc/@0 m.");
}

static void a_cancelled_party_does_not_count(void **state)
{
    (void)state;
    story_says("m: start a; sleep 1; cancel a; sleep 1; start b; start c; wait_all abc -\n"
               "a: wait B\n"
               "b: wait B\n"
               "c: wait B",
               "m:start a@0 m:sleep 1@1 m:cancel a@1 a:wait B!CancelledError@1 a.m:sleep 1@2 "
               "m:start b@2 m:start c@2 c:wait B=1@2 c.b:wait B=0@2 b.m:wait_all abc -=abc/@2 m.");
}

static void an_aborted_barrier_stays_broken_until_it_is_reset(void **state)
{
    (void)state;
    story_says(
        "m: start a; sleep 1; abort B; try; wait B; end; reset B; start b; wait B; wait_all ab -\n"
        "a: wait B\n"
        "b: wait B",
        "m:start a@0 m:sleep 1@1 m:abort B@1 m:try@1 m:wait B!BrokenBarrierError@1 "
        "m:caught!BrokenBarrierError@1 m:end@1 m:reset B@1 m:start b@1 "
        "a:wait B!BrokenBarrierError@1 a.m:wait B=1@1 b:wait B=0@1 b.m:wait_all ab -=ab/@1 "
        "m.");
}

static void a_reset_throws_out_who_waits(void **state)
{
    (void)state;
    story_says(
        "m: start a; sleep 1; reset B; reset B; wait_all a -; start b; wait B; wait_all b -\n"
        "a: wait B\n"
        "b: wait B",
        "m:start a@0 m:sleep 1@1 m:reset B@1 m:reset B@1 a:wait B!BrokenBarrierError@1 "
        "a.m:wait_all a -=a/@1 m:start b@1 b:wait B=1@1 b.m:wait B=0@1 m:wait_all b -=b/@1 "
        "m.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lock_is_handed_on_in_order),
        cmocka_unit_test(a_lock_that_is_free_is_taken_at_once),
        cmocka_unit_test(who_is_cancelled_in_line_is_passed_over),
        cmocka_unit_test(who_is_cancelled_when_woken_wakes_the_next),
        cmocka_unit_test(a_cancelled_line_does_not_hold_up_the_lock),
        cmocka_unit_test(an_event_wakes_all_who_wait),
        cmocka_unit_test(a_semaphore_admits_so_many),
        cmocka_unit_test(a_bounded_semaphore_is_not_released_too_often),
        cmocka_unit_test(a_semaphore_passes_on_what_the_cancelled_had_got),
        cmocka_unit_test(a_semaphore_forgets_the_cancelled),
        cmocka_unit_test(a_semaphore_wakes_as_many_as_it_can),
        cmocka_unit_test(a_condition_wakes_as_many_as_it_is_told),
        cmocka_unit_test(a_condition_needs_its_lock),
        cmocka_unit_test(a_condition_waits_until_something_holds),
        cmocka_unit_test(who_is_cancelled_in_a_condition_takes_the_lock_first),
        cmocka_unit_test(a_second_cancellation_waits_for_the_lock_too),
        cmocka_unit_test(a_barrier_lets_its_parties_go_together),
        cmocka_unit_test(a_barrier_that_drains_keeps_the_next_ones_out),
        cmocka_unit_test(who_waits_for_a_barrier_to_drain_can_be_cancelled),
        cmocka_unit_test(a_cancelled_party_does_not_count),
        cmocka_unit_test(an_aborted_barrier_stays_broken_until_it_is_reset),
        cmocka_unit_test(a_reset_throws_out_who_waits),
    };
    return cmocka_run_group_tests_name("sync", tests, NULL, NULL);
}
