/* shield: stories that real asyncio tells alike. */
#include "story_check.h"

static void the_result_comes_through(void **state)
{
    (void)state;
    story_says("m: start a; shield a; shield a\n"
               "a: sleep 1; return x",
               "m:start a@0 a:sleep 1@1 a:return x=x@1 a.m:shield a=x@1 m:shield a=x@1 m.");
}

static void the_exception_comes_through(void **state)
{
    (void)state;
    story_says("m: start a; shield a\n"
               "a: sleep 1; raise Boom",
               "m:start a@0 a:sleep 1@1 a:raise Boom!Boom@1 a.m:shield a!Boom@1 m.");
}

static void cancelling_the_outer_leaves_the_inner_alone(void **state)
{
    (void)state;
    story_says("m: start a; start b; sleep 1; cancel a; wait_all ab -\n"
               "a: shield b\n"
               "b: sleep 2; return x",
               "m:start a@0 m:start b@0 m:sleep 1@1 m:cancel a@1 a:shield b!CancelledError@1 "
               "a.b:sleep 2@2 b:return x=x@2 b.m:wait_all ab -=ab/@2 m.");
}

static void cancelling_the_inner_cancels_the_outer(void **state)
{
    (void)state;
    story_says("m: start a; start b; sleep 1; cancel b; wait_all ab -\n"
               "a: shield b\n"
               "b: sleep 2",
               "m:start a@0 m:start b@0 m:sleep 1@1 m:cancel b@1 b:sleep 2!CancelledError@1 "
               "b.a:shield b!CancelledError@1 a.m:wait_all ab -=ab/@1 m.");
}

static void a_shield_within_wait_for(void **state)
{
    (void)state;
    story_says("m: start a; try; timeout 1; shield a; end; end; await a\n"
               "a: sleep 2; return x",
               "m:start a@0 m:try@0 m:timeout 1@0 m:shield a!CancelledError@1 "
               "m:end!TimeoutError@1 m:caught!TimeoutError@1 m:end@1 a:sleep 2@2 a:return x=x@2 "
               "a.m:await a=x@2 m.");
}

static void cancelled_while_the_inner_ends_at_the_same_time(void **state)
{
    (void)state;
    story_says("m: start b; start c; start a; wait_all abc -\n"
               "a: shield b\n"
               "b: sleep 1; raise Boom\n"
               "c: sleep 1; cancel a",
               "m:start b@0 m:start c@0 m:start a@0 b:sleep 1@1 b:raise Boom!Boom@1 b.c:sleep 1@1 "
               "c:cancel a@1 c.a:shield b!CancelledError@1 a.m:wait_all abc -=abc/@1 m.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_result_comes_through),
        cmocka_unit_test(the_exception_comes_through),
        cmocka_unit_test(cancelling_the_outer_leaves_the_inner_alone),
        cmocka_unit_test(cancelling_the_inner_cancels_the_outer),
        cmocka_unit_test(a_shield_within_wait_for),
        cmocka_unit_test(cancelled_while_the_inner_ends_at_the_same_time),
    };
    return cmocka_run_group_tests_name("shield", tests, NULL, NULL);
}
