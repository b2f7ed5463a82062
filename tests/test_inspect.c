/* An inspection: what each task's frames and locals are where a run is stopped. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenarios/run.h"

static const char script[] = "import asyncio\n"
                             "\n"
                             "\n"
                             "class Odd:\n"
                             "    def __repr__(self):\n"
                             "        raise ValueError\n"
                             "\n"
                             "\n"
                             "async def inner(depth):\n"
                             "    odd = Odd()\n"
                             "    await asyncio.sleep(depth)\n"
                             "    return odd\n"
                             "\n"
                             "\n"
                             "async def outer(name):\n"
                             "    found = 0\n"
                             "    found = found + 1\n"
                             "    await inner(2)\n"
                             "\n"
                             "\n"
                             "async def main():\n"
                             "    await asyncio.gather(outer('a'), outer('b'))\n"
                             "    print('over')\n"
                             "\n"
                             "\n"
                             "asyncio.run(main())\n";

static char path[] = "/tmp/inspect-XXXXXX.py";

static int write_script(void **state)
{
    (void)state;
    int fd = mkstemps(path, 3);
    bool done = fd >= 0 && write(fd, script, sizeof script - 1) == (ssize_t)sizeof script - 1;
    close(fd);
    return done ? 0 : -1;
}

static int remove_script(void **state)
{
    (void)state;
    return unlink(path);
}

static struct scn_run *run_file(const char *file, int64_t inspect)
{
    struct scn_run_options options = {.script = file,
                                      .worker = WORKER,
                                      .inspect = inspect,
                                      .mute_stdout = true,
                                      .mute_stderr = true};
    struct scn_run *run;
    char error[256] = "";
    if (scn_run_start(&options, &run, error, sizeof error) < 0)
        fail_msg("%s", error);
    scn_run_wait(run);
    return run;
}

static struct scn_run *run_script(int64_t inspect)
{
    return run_file(path, inspect);
}

/* The number of events up to the n-th LINE event of a line. */
static int64_t at_line(uint32_t line, int n)
{
    struct scn_run *run = run_script(0);
    struct sim_trace_view view = scn_run_view(run);
    int64_t found = 0;
    for (size_t i = 0; i < view.count && !found; i++)
        if (view.events[i].kind == SIM_EV_LINE && view.events[i].a == line && --n == 0)
            found = (int64_t)i + 1;
    scn_run_free(run);
    assert_true(found > 0);
    return found;
}

/* What an inspection found, as "task function:line name=value ..." lines. */
static void found(struct scn_run *run, char *out, size_t size)
{
    struct sim_trace_view view = scn_run_view(run);
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < view.count; i++) {
        const struct sim_event *event = &view.events[i];
        const char *a = sim_trace_text(&view, event->a, NULL);
        if (event->kind == SIM_EV_FRAME)
            used += (size_t)snprintf(out + used, size - used, "%s%u %s:%u", used ? "\n" : "",
                                     event->id, a, event->aux);
        else if (event->kind == SIM_EV_LOCAL)
            used += (size_t)snprintf(out + used, size - used, " %s=%s", a,
                                     sim_trace_text(&view, event->b, NULL));
    }
}

static void each_task_shows_its_frames_and_locals(void **state)
{
    char text[4096];
    (void)state;
    struct scn_run *run = run_script(at_line(17, 2)); /* b is about to count; a sleeps */
    found(run, text, sizeof text);
    assert_string_equal(text, "1 main:22\n"
                              "2 outer:18 name='a' found=1\n"
                              "2 inner:11 depth=2 odd=<Odd instance>\n"
                              "3 outer:17 name='b' found=0");
    scn_run_free(run);
}

static void a_task_whose_step_has_just_begun_stands_where_it_waited(void **state)
{
    struct scn_run *run = run_script(0);
    struct sim_trace_view view = scn_run_view(run);
    char text[4096];
    int64_t at = 0;
    (void)state;
    for (size_t i = 0; i < view.count; i++)
        if (view.events[i].kind == SIM_EV_STEP_BEGIN && view.events[i].id == 2)
            at = (int64_t)i + 1; /* a's last step: its sleep is over */
    scn_run_free(run);
    run = run_script(at);
    found(run, text, sizeof text);
    assert_non_null(strstr(text, "2 outer:18 name='a' found=1\n2 inner:11 "));
    assert_null(strstr(text, "<module>"));
    scn_run_free(run);
}

static void it_is_the_same_run_up_to_there(void **state)
{
    (void)state;
    struct scn_run *whole = run_script(0), *part;
    struct sim_trace_view all = scn_run_view(whole);
    for (int64_t at = 2; at < (int64_t)all.count; at++) {
        part = run_script(at);
        struct sim_trace_view view = scn_run_view(part);
        assert_true(view.count >= (size_t)at);
        assert_memory_equal(view.events, all.events, (size_t)(at - 1) * sizeof *all.events);
        assert_int_equal(view.events[view.count - 1].kind, SIM_EV_RUN_END);
        scn_run_free(part);
    }
    scn_run_free(whole);
}

static void a_failure_is_told_as_python_prints_it(void **state)
{
    static const char text[] = "import asyncio\n"
                               "async def fail():\n"
                               "    try:\n"
                               "        {}['key']\n"
                               "    except KeyError as error:\n"
                               "        raise ValueError('no key') from error\n"
                               "async def main():\n"
                               "    task = asyncio.create_task(fail())\n"
                               "    await asyncio.sleep(1)\n"
                               "    task.exception()\n"
                               "    raise OSError('later')\n"
                               "asyncio.run(main())\n";
    static const char expected[] =
        "Traceback (most recent call last):\n"
        "  File \"FILE\", line 4, in fail\n"
        "    {}['key']\n"
        "    ~~^^^^^^^\n"
        "KeyError: 'key'\n"
        "\n"
        "The above exception was the direct cause of the following exception:\n"
        "\n"
        "Traceback (most recent call last):\n"
        "  File \"FILE\", line 6, in fail\n"
        "    raise ValueError('no key') from error\n"
        "ValueError: no key\n";
    char file[] = "/tmp/inspect-XXXXXX.py", told[2048] = "", *name = strrchr(file, '/') + 1;
    int fd = mkstemps(file, 3);
    (void)state;
    assert_true(fd >= 0 && write(fd, text, sizeof text - 1) == (ssize_t)sizeof text - 1);
    close(fd);
    struct scn_run *run = run_file(file, 0);
    struct sim_trace_view view = scn_run_view(run);
    int64_t at = 0;
    for (size_t i = 0; i < view.count && !at; i++)
        if (view.events[i].kind == SIM_EV_TASK_DONE && view.events[i].id == 2)
            at = (int64_t)i + 2;
    scn_run_free(run);
    assert_true(at > 0);
    run = run_file(file, at);
    view = scn_run_view(run);
    size_t used = 0;
    for (size_t i = 0; i < view.count; i++) {
        const char *line = sim_trace_text(&view, view.events[i].a, NULL), *its;
        if (view.events[i].kind != SIM_EV_TRACEBACK)
            continue;
        assert_int_equal(view.events[i].id, 2);
        if ((its = strstr(line, name)))
            used += (size_t)snprintf(told + used, sizeof told - used, "%.*sFILE%s\n",
                                     (int)(its - line), line, its + strlen(name));
        else
            used += (size_t)snprintf(told + used, sizeof told - used, "%s\n", line);
    }
    assert_string_equal(told, expected);
    scn_run_free(run);
    assert_int_equal(unlink(file), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_task_shows_its_frames_and_locals),
        cmocka_unit_test(a_task_whose_step_has_just_begun_stands_where_it_waited),
        cmocka_unit_test(it_is_the_same_run_up_to_there),
        cmocka_unit_test(a_failure_is_told_as_python_prints_it),
    };
    return cmocka_run_group_tests(tests, write_script, remove_script);
}
