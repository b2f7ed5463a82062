/* A run from outside: how it may end, what is kept, what its worker is started with. */
#define _GNU_SOURCE /* memfd_create */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenarios/run.h"
#include "scenarios/worker.h"

static struct scn_run *begin(struct scn_run_options options)
{
    struct scn_run *run;
    char error[256] = "";
    options.worker = options.worker ? options.worker : ROGUE_WORKER;
    if (scn_run_start(&options, &run, error, sizeof error) < 0)
        fail_msg("%s", error);
    return run;
}

/* Runs `act` to its end, and checks how that was. */
static struct scn_run *run_to_end(const char *act, enum scn_run_state state, int exit_code)
{
    struct scn_run *run = begin((struct scn_run_options){.script = act, .max_events = 1000});
    scn_run_wait(run);
    assert_int_equal(scn_run_report(run)->state, state);
    assert_int_equal(scn_run_report(run)->exit_code, exit_code);
    return run;
}

static void assert_begins_with(const char *text, const char *beginning)
{
    if (strncmp(text, beginning, strlen(beginning)) != 0)
        fail_msg("\"%s\" does not begin with \"%s\"", text, beginning);
}

static void an_exit_code_comes_back(void **state)
{
    (void)state;
    struct scn_run *run = run_to_end("exit", SCN_RUN_ENDED, 7);
    assert_string_equal(scn_run_report(run)->message, "");
    struct sim_trace_view view = scn_run_view(run);
    assert_int_equal(view.count, 2);
    assert_string_equal(sim_trace_text(&view, view.events[0].a, NULL), "exit");
    scn_run_free(run);
}

static void a_crash_is_reported_and_its_trace_kept(void **state)
{
    (void)state;
    struct scn_run *run = run_to_end("crash", SCN_RUN_CRASHED, 128 + SIGSEGV);
    assert_begins_with(scn_run_report(run)->message,
                       "the script crashed: Segmentation fault (signal 11)");
    assert_int_equal(scn_run_view(run).count, 1);
    scn_run_free(run);
}

static void real_time_ends_what_spins_and_its_trace_is_kept(void **state)
{
    (void)state;
    struct scn_run *run =
        begin((struct scn_run_options){.script = "spin", .max_real_ns = 50000000});
    struct pollfd ready = {.fd = scn_run_fd(run), .events = POLLIN};
    while (!scn_run_poll(run))
        assert_int_equal(poll(&ready, 1, -1), 1);
    assert_int_equal(scn_run_report(run)->state, SCN_RUN_EXHAUSTED);
    assert_int_equal(scn_run_report(run)->exit_code, SCN_EXIT_BUDGET);
    assert_begins_with(scn_run_report(run)->message,
                       "the script did not end within 0.05 s of real time");
    assert_int_equal(scn_run_view(run).count, 1);
    scn_run_free(run);
}

static void what_does_not_heed_the_end_of_its_time_is_killed(void **state)
{
    (void)state;
    struct scn_run *run = begin((struct scn_run_options){.script = "deaf", .max_real_ns = 1});
    scn_run_wait(run);
    assert_int_equal(scn_run_report(run)->state, SCN_RUN_EXHAUSTED);
    scn_run_free(run);
}

static void budgets_used_up_are_said_in_words(void **state)
{
    (void)state;
    struct scn_run *run = run_to_end("fill", SCN_RUN_EXHAUSTED, SCN_EXIT_BUDGET);
    assert_begins_with(scn_run_report(run)->message, "the script did not end within 1000 events");
    assert_int_equal(scn_run_view(run).count, 1001);
    scn_run_free(run);
    run = run_to_end("late", SCN_RUN_EXHAUSTED, SCN_EXIT_BUDGET);
    assert_begins_with(scn_run_report(run)->message,
                       "the script did not end within 86400 s of virtual time");
    scn_run_free(run);
}

/* Many times what the ring holds. */
#define MANY INT64_C(5000000)

static void a_trace_longer_than_the_shared_memory_comes_whole_and_in_order(void **state)
{
    (void)state;
    struct scn_run *run = begin((struct scn_run_options){.script = "count", .max_events = MANY});
    scn_run_wait(run);
    struct sim_trace_view view = scn_run_view(run);
    assert_int_equal(view.count, MANY + 1);
    for (uint32_t i = 1; i < MANY; i++)
        if (view.events[i].id != i)
            fail_msg("event %u is %u", i, view.events[i].id);
    assert_int_equal(view.events[MANY].kind, SIM_EV_RUN_END);
    scn_run_free(run);
}

static void a_trace_that_nobody_asks_for_is_not_kept(void **state)
{
    (void)state;
    struct scn_run *run =
        begin((struct scn_run_options){.script = "count", .max_events = MANY, .forgets = true});
    scn_run_wait(run);
    assert_begins_with(scn_run_report(run)->message,
                       "the script did not end within 5000000 events");
    assert_int_equal(scn_run_view(run).count, 0);
    scn_run_free(run);
}

static void a_run_whose_trace_is_not_copied_can_be_stopped(void **state)
{
    (void)state;
    struct scn_run *run = begin((struct scn_run_options){.script = "count", .max_events = MANY});
    scn_run_stop(run);
    assert_int_equal(scn_run_report(run)->state, SCN_RUN_STOPPED);
    struct sim_trace_view view = scn_run_view(run);
    for (uint32_t i = 1; i < view.count; i++)
        if (view.events[i].id != i)
            fail_msg("event %u is %u", i, view.events[i].id);
    scn_run_free(run);
}

static void a_run_is_stopped_on_demand(void **state)
{
    (void)state;
    struct scn_run *run = begin((struct scn_run_options){.script = "spin"});
    assert_false(scn_run_poll(run));
    scn_run_stop(run);
    assert_int_equal(scn_run_report(run)->state, SCN_RUN_STOPPED);
    scn_run_stop(run);
    scn_run_free(run);
    scn_run_free(begin((struct scn_run_options){.script = "spin"}));
}

static void a_trace_is_seen_while_the_run_goes_on(void **state)
{
    (void)state;
    struct scn_run *run = begin((struct scn_run_options){.script = "spin"});
    while (scn_run_view(run).count == 0)
        assert_false(scn_run_poll(run)); /* or its real time would end this */
    assert_int_equal(scn_run_view(run).events[0].kind, SIM_EV_RUN_BEGIN);
    scn_run_free(run);
}

static void a_worker_dies_with_its_parent(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t parent = fork();
    if (parent == 0) {
        dup2(ends[1], 1); /* which the worker has too, until it ends */
        close(ends[1]);
        begin((struct scn_run_options){.script = "spin"});
        raise(SIGKILL);
    }
    close(ends[1]);
    assert_int_equal(waitpid(parent, NULL, 0), parent);
    char nothing;
    assert_int_equal(read(ends[0], &nothing, 1), 0);
    close(ends[0]);
}

static void a_trace_that_lies_about_its_size_is_read_no_further_than_its_memory(void **state)
{
    (void)state;
    struct scn_run *run = run_to_end("lie", SCN_RUN_ENDED, 0);
    struct sim_trace_view view = scn_run_view(run);
    assert_true(view.count >= 1000 && view.count < 1000000);
    uint64_t hash = sim_trace_hash(&view); /* reads every byte */
    assert_true(hash == sim_trace_hash(&view));
    scn_run_free(run);
}

static void a_worker_cannot_shrink_the_memory_under_its_parent(void **state)
{
    (void)state;
    struct scn_run *run = run_to_end("shrink", SCN_RUN_ENDED, 0);
    assert_int_equal(scn_run_view(run).count, 1);
    scn_run_free(run);
}

static void a_worker_that_fails_is_told_apart_from_a_script(void **state)
{
    (void)state;
    scn_run_free(run_to_end("fail", SCN_RUN_CRASHED, SCN_WORKER_FAILED));
}

static void a_worker_that_is_missing_is_an_error_with_its_path(void **state)
{
    (void)state;
    struct scn_run *run;
    char error[256] = "";
    struct scn_run_options options = {.script = "exit", .worker = "/nowhere/worker"};
    assert_int_equal(scn_run_start(&options, &run, error, sizeof error), SIM_EIO);
    assert_null(run);
    assert_string_equal(error, "cannot start /nowhere/worker: No such file or directory");
    options.worker = ROGUE_WORKER;
    options.max_events = SCN_RUN_MAX_EVENTS_MOST + 1;
    assert_int_equal(scn_run_start(&options, &run, error, sizeof error), SIM_EINVAL);
}

/* What a run writes to stdout, as a string in `out`. */
static void capture(struct scn_run_options options, char *out, size_t size)
{
    int file = memfd_create("stdout", 0), kept = dup(1);
    assert_true(file >= 0 && kept >= 0 && fflush(stdout) == 0 && dup2(file, 1) == 1);
    struct scn_run *run = begin(options);
    scn_run_wait(run);
    dup2(kept, 1);
    close(kept);
    ssize_t length = pread(file, out, size - 1, 0);
    out[length > 0 ? length : 0] = '\0';
    close(file);
    scn_run_free(run);
}

static void a_worker_gets_its_arguments_and_nothing_that_leaks_in(void **state)
{
    (void)state;
    char out[512];
    const char *args[] = {"--x", "a b"};
    const struct scn_param params[] = {{"A", "1.5"}, {"B", "x y"}};
    setenv("PYTHONPATH", "/nowhere", 1);
    setenv("LANG", "de_DE.UTF-8", 1);
    setenv("TZ", "Europe/Berlin", 1);
    int leak = dup(2); /* not close-on-exec */
    capture((struct scn_run_options){.script = "tell",
                                     .args = args,
                                     .arg_count = 2,
                                     .params = params,
                                     .param_count = 2,
                                     .max_events = 12,
                                     .max_time_ns = 34,
                                     .max_memory_bytes = 56},
            out, sizeof out);
    close(leak);
    assert_string_equal(out, "12 34 56 0 A=1.5\nB=x y\n tell --x a b\n"
                             "LANG=C.UTF-8 TZ=UTC PYTHONPATH=none HOME=kept\n"
                             "0 1 2 \n");
}

static void output_can_be_muted(void **state)
{
    (void)state;
    char out[64];
    capture((struct scn_run_options){.script = "tell", .mute_stdout = true}, out, sizeof out);
    assert_string_equal(out, "");
}

int main(void)
{
    setenv("HOME", "/", 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exit_code_comes_back),
        cmocka_unit_test(a_crash_is_reported_and_its_trace_kept),
        cmocka_unit_test(real_time_ends_what_spins_and_its_trace_is_kept),
        cmocka_unit_test(what_does_not_heed_the_end_of_its_time_is_killed),
        cmocka_unit_test(budgets_used_up_are_said_in_words),
        cmocka_unit_test(a_trace_longer_than_the_shared_memory_comes_whole_and_in_order),
        cmocka_unit_test(a_trace_that_nobody_asks_for_is_not_kept),
        cmocka_unit_test(a_run_whose_trace_is_not_copied_can_be_stopped),
        cmocka_unit_test(a_run_is_stopped_on_demand),
        cmocka_unit_test(a_trace_is_seen_while_the_run_goes_on),
        cmocka_unit_test(a_worker_dies_with_its_parent),
        cmocka_unit_test(a_trace_that_lies_about_its_size_is_read_no_further_than_its_memory),
        cmocka_unit_test(a_worker_cannot_shrink_the_memory_under_its_parent),
        cmocka_unit_test(a_worker_that_fails_is_told_apart_from_a_script),
        cmocka_unit_test(a_worker_that_is_missing_is_an_error_with_its_path),
        cmocka_unit_test(a_worker_gets_its_arguments_and_nothing_that_leaks_in),
        cmocka_unit_test(output_can_be_muted),
    };
    return cmocka_run_group_tests_name("run", tests, NULL, NULL);
}
