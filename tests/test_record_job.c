/* Recordings in a process of their own: here, a shell that tells what a recording does. */
#include "render/app/record_job.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct rnd_record_job *start(const char *script)
{
    char *const words[] = {"sh", "-c", (char *)script, NULL};
    struct rnd_record_job *job = NULL;
    char error[256];
    assert_int_equal(rnd_record_job_start("/bin/sh", words, &job, error, sizeof error), SIM_OK);
    return job;
}

/* Looks until it is over, or has told how far it is. */
static const struct rnd_record_status *look(struct rnd_record_job *job, bool until_over)
{
    const struct rnd_record_status *status = rnd_record_job_poll(job);
    while (!status->over && (until_over || status->left_s < 0)) {
        (void)poll(NULL, 0, 1);
        status = rnd_record_job_poll(job);
    }
    return status;
}

static void test_progress_is_taken_in_line_by_line(void **state)
{
    (void)state;
    struct rnd_record_job *job =
        start("printf '{\"frame\": 30, \"fra' >&2; "
              "printf 'mes\": 120, \"seconds\": 1.5, \"left\": 4.25}\\n' >&2; sleep 600");
    const struct rnd_record_status *status = look(job, false);
    assert_false(status->over);
    assert_true(status->share == 0.25 && status->left_s == 4.25);
    /* Closing ends it. */
    rnd_record_job_close(job);
}

static void test_success_is_told(void **state)
{
    (void)state;
    struct rnd_record_job *job = start("exit 0");
    const struct rnd_record_status *status = look(job, true);
    assert_false(status->failed);
    assert_string_equal(status->error, "");
    rnd_record_job_close(job);
}

static void test_an_error_is_told_without_the_command(void **state)
{
    (void)state;
    struct rnd_record_job *job = start("echo 'awaitscope record: no room: full' >&2; exit 2");
    const struct rnd_record_status *status = look(job, true);
    assert_true(status->failed);
    assert_string_equal(status->error, "no room: full");
    rnd_record_job_close(job);
}

static void test_a_death_without_words_is_told(void **state)
{
    (void)state;
    struct rnd_record_job *job = start("kill -9 $$");
    const struct rnd_record_status *status = look(job, true);
    assert_true(status->failed);
    assert_true(strlen(status->error) > 0);
    rnd_record_job_close(job);
}

static void test_a_program_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    char *const words[] = {"nothing", NULL};
    struct rnd_record_job *job = NULL;
    char error[256] = "";
    assert_int_equal(rnd_record_job_start("/nowhere/nothing", words, &job, error, sizeof error),
                     SIM_EIO);
    assert_non_null(strstr(error, "No such file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_progress_is_taken_in_line_by_line),
        cmocka_unit_test(test_success_is_told),
        cmocka_unit_test(test_an_error_is_told_without_the_command),
        cmocka_unit_test(test_a_death_without_words_is_told),
        cmocka_unit_test(test_a_program_that_is_not_there_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
