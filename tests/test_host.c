/* Scripts in a process of their own, as a worker runs them: what they print, return and trace. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scenarios/host/host.h"
#include "sim/alloc.h"
#include "sim/trace.h"

enum { EVENTS = 4000000, TEXT_BYTES = 64 << 20, OUTPUT_MAX = 16384 };

/* A run that is over; its trace is in `base` until drop. */
struct run {
    char directory[32];
    const char *second_module; /* text of a module "other", NULL: none */
    size_t max_events;         /* 0: as many as fit */
    int64_t max_time_ns;
    void *base;
    struct sim_trace_view view;
    int code;
    char out[OUTPUT_MAX], err[OUTPUT_MAX];
};

static const char *path_in(const struct run *run, const char *name, char *path)
{
    snprintf(path, 64, "%s/%s", run->directory, name);
    return path;
}

static void write_file(const struct run *run, const char *name, const char *text)
{
    char path[64];
    FILE *file = fopen(path_in(run, name, path), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void read_file(const struct run *run, const char *name, char *text)
{
    char path[64];
    FILE *file = fopen(path_in(run, name, path), "r");
    assert_non_null(file);
    text[fread(text, 1, OUTPUT_MAX - 1, file)] = '\0';
    fclose(file);
    unlink(path);
}

/* The child: runs the script with its streams in files. */
static int child(const struct run *run, const char *script)
{
    static struct sim_alloc alloc;
    static struct sim_trace trace;
    char path[64];
    int out = open(path_in(run, "out", path), O_CREAT | O_WRONLY, 0600);
    int err = open(path_in(run, "err", path), O_CREAT | O_WRONLY, 0600);
    struct sim_trace_memory memory = sim_trace_memory_at(run->base, EVENTS, TEXT_BYTES);
    sim_alloc_init(&alloc);
    if (dup2(out, 1) < 0 || dup2(err, 2) < 0 || sim_trace_init(&trace, &memory, &alloc) < 0)
        return 99;
    if (run->max_events)
        trace.budget = run->max_events;
    path_in(run, script, path);
    return scn_host_run(&(struct scn_host_options){
        .script = path, .trace = &trace, .max_time_ns = run->max_time_ns});
}

/* Runs the file `script` of the run's directory. */
static void run_named(struct run *run, const char *script)
{
    int status;
    run->base = mmap(NULL, sim_trace_memory_size(EVENTS, TEXT_BYTES), PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    assert_true(run->base != MAP_FAILED);
    pid_t pid = fork();
    if (pid == 0)
        _exit(child(run, script));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    run->code = WEXITSTATUS(status);
    read_file(run, "out", run->out);
    read_file(run, "err", run->err);
    struct sim_trace_memory memory = sim_trace_memory_at(run->base, EVENTS, TEXT_BYTES);
    run->view = sim_trace_view_of(&memory);
}

static void run_text(struct run *run, const char *text)
{
    strcpy(run->directory, "/tmp/test_host.XXXXXX");
    assert_non_null(mkdtemp(run->directory));
    write_file(run, "script.py", text);
    if (run->second_module)
        write_file(run, "other.py", run->second_module);
    run_named(run, "script.py");
}

static void drop(struct run *run)
{
    char path[64];
    unlink(path_in(run, "script.py", path));
    unlink(path_in(run, "other.py", path));
    assert_int_equal(rmdir(run->directory), 0); /* and nothing else was left in it */
    munmap(run->base, sim_trace_memory_size(EVENTS, TEXT_BYTES));
}

static struct sim_event last_event(const struct run *run)
{
    assert_true(run->view.count > 0);
    return run->view.events[run->view.count - 1];
}

/* Events of a kind as text, one a line, at most as many bytes as fit. */
static const char *events(const struct run *run, enum sim_event_kind kind)
{
    static char text[4096];
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < run->view.count && length < sizeof text - 256; i++) {
        if (run->view.events[i].kind != kind)
            continue;
        length += sim_event_format(&run->view, &run->view.events[i], text + length, 256);
        text[length++] = '\n';
        text[length] = '\0';
    }
    return text;
}

/* --- lines and output ------------------------------------------------------------------------- */

static void lines_are_traced_when_a_task_passes_them(void **state)
{
    (void)state;
    struct run run = {0};
    run_text(&run, "\"\"\"About.\"\"\"\n"             /* 1 */
                   "import asyncio\n"                 /* 2 */
                   "async def child():\n"             /* 3 */
                   "    for i in range(2):\n"         /* 4 */
                   "        await asyncio.sleep(1)\n" /* 5 */
                   "async def main():\n"              /* 6 */
                   "    try:\n"                       /* 7 */
                   "        await child()\n"          /* 8 */
                   "        1 / 0\n"                  /* 9 */
                   "    except ZeroDivisionError:\n"  /* 10 */
                   "        pass\n"                   /* 11 */
                   "asyncio.run(main())\n");          /* 12 */
    assert_int_equal(run.code, 0);
    uint32_t expected[] = {2, 3, 6, 12, 7, 8, 4, 5, 4, 5, 4, 9, 10, 11}, next = 0;
    for (size_t i = 0; i < run.view.count; i++) {
        struct sim_event event = run.view.events[i];
        if (event.kind != SIM_EV_LINE)
            continue;
        assert_true(next < sizeof expected / sizeof expected[0]);
        assert_int_equal(event.id, next < 4 ? 0 : 1);
        assert_int_equal(event.a, expected[next++]);
        assert_string_equal(sim_trace_text(&run.view, event.b, NULL), "script.py");
    }
    assert_int_equal(next, sizeof expected / sizeof expected[0]);
    drop(&run);
}

static void lines_of_imported_neighbours_are_traced_with_their_file(void **state)
{
    (void)state;
    struct run run = {.second_module = "def f():\n    return 5\n"};
    run_text(&run, "import json\nimport other\nprint(other.f())\n");
    assert_string_equal(run.out, "5\n");
    assert_string_equal(events(&run, SIM_EV_LINE), "line task=0 line=1 file=\"script.py\"\n"
                                                   "line task=0 line=2 file=\"script.py\"\n"
                                                   "line task=0 line=1 file=\"other.py\"\n"
                                                   "line task=0 line=3 file=\"script.py\"\n"
                                                   "line task=0 line=2 file=\"other.py\"\n");
    drop(&run);
}

static void output_passes_unchanged_and_is_traced_with_its_task(void **state)
{
    (void)state;
    struct run run = {0};
    run_text(&run, "import asyncio, sys\n"
                   "async def main():\n"
                   "    print('a\xc3\xbc')\n"
                   "    print('e', file=sys.stderr)\n"
                   "sys.stdout.buffer.write(b'raw')\n"
                   "asyncio.run(main())\n");
    assert_string_equal(run.out, "rawa\xc3\xbc\n");
    assert_string_equal(run.err, "e\n");
    assert_string_equal(events(&run, SIM_EV_OUTPUT),
                        "output task=0 stream=stdout text=\"raw\"\n"
                        "output task=1 stream=stdout text=\"a\xc3\xbc\"\n"
                        "output task=1 stream=stdout text=\"\\n\"\n"
                        "output task=1 stream=stderr text=\"e\"\n"
                        "output task=1 stream=stderr text=\"\\n\"\n");
    drop(&run);
}

/* --- how runs end ----------------------------------------------------------------------------- */

static void ends_give_python3s_exit_codes(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int code;
        enum sim_flag_end end;
        const char *error;
    } cases[] = {
        {"pass\n", 0, SIM_END_OK, ""},
        {"1 / 0\n", 1, SIM_END_EXCEPTION, "ZeroDivisionError: division by zero"},
        {"def f(:\n", 1, SIM_END_EXCEPTION, "SyntaxError: invalid syntax"},
        {"x = '\xff'\n", 1, SIM_END_EXCEPTION, "SyntaxError: Non-UTF-8 code"},
        {"import sys\nsys.exit(7)\n", 7, SIM_END_EXIT, ""},
        {"import sys\nsys.exit('bye')\n", 1, SIM_END_EXIT, "bye"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run run = {0};
        run_text(&run, cases[i].text);
        struct sim_event last = last_event(&run);
        assert_int_equal(run.code, cases[i].code);
        assert_int_equal(last.kind, SIM_EV_RUN_END);
        assert_int_equal(last.flag, cases[i].end);
        assert_int_equal(last.a, cases[i].code);
        assert_non_null(strstr(run.err, cases[i].error));
        drop(&run);
    }
}

static void a_missing_script_is_reported_as_python3_does(void **state)
{
    (void)state;
    struct run run = {.directory = "/tmp/test_host.XXXXXX"};
    assert_non_null(mkdtemp(run.directory));
    run_named(&run, "nowhere.py");
    assert_int_equal(run.code, 2);
    assert_non_null(strstr(run.err, "python3: can't open file"));
    assert_non_null(strstr(run.err, "[Errno 2] No such file or directory"));
    drop(&run);
}

static void a_deadlock_names_who_waits_where(void **state)
{
    (void)state;
    struct run run = {0};
    run_text(&run, "import asyncio\n"
                   "async def inner(f):\n"
                   "    await f\n"
                   "async def main():\n"
                   "    print('begun')\n"
                   "    f = asyncio.get_running_loop().create_future()\n"
                   "    t = asyncio.create_task(inner(f), name='stuck')\n"
                   "    await t\n"
                   "asyncio.run(main())\n");
    assert_int_equal(run.code, 3);
    assert_string_equal(run.out, "begun\n");
    assert_non_null(strstr(run.err, "script.py:8 in main waits for task 'stuck'"));
    assert_non_null(strstr(run.err, "script.py:3 in inner waits for a future"));
    assert_string_equal(events(&run, SIM_EV_DEADLOCK), "deadlock pending=2\n");
    assert_int_equal(last_event(&run).flag, SIM_END_DEADLOCK);
    drop(&run);
}

static void a_deadlock_names_who_holds_what(void **state)
{
    (void)state;
    struct run run = {0};
    run_text(&run, "import asyncio\n"
                   "async def user(a, b):\n"
                   "    async with a:\n"
                   "        await asyncio.sleep(1)\n"
                   "        async with b: pass\n"
                   "async def main():\n"
                   "    a, b = asyncio.Lock(), asyncio.Lock()\n"
                   "    q = asyncio.Queue(1)\n"
                   "    asyncio.create_task(q.put(0))\n"
                   "    asyncio.create_task(q.put(1), name='putter')\n"
                   "    one = asyncio.create_task(user(a, b), name='one')\n"
                   "    two = asyncio.create_task(user(b, a), name='two')\n"
                   "    await asyncio.Barrier(2).wait()\n"
                   "asyncio.run(main())\n");
    assert_int_equal(run.code, 3);
    assert_non_null(
        strstr(run.err, "script.py:13 in main waits for a barrier that 1 of 2 reached"));
    assert_non_null(strstr(run.err, "'putter' at asyncio.Queue.put waits for the queue 'q', which "
                                    "is full (1) and from which nobody takes anything"));
    assert_non_null(strstr(run.err, "script.py:5 in user waits for the lock 'b' that 'two' holds"));
    assert_non_null(strstr(run.err, "script.py:5 in user waits for the lock 'a' that 'one' holds"));
    drop(&run);
}

static void locks_are_called_what_the_script_calls_them(void **state)
{
    (void)state;
    struct run run = {0};
    run_text(&run, "import asyncio\n"
                   "class Bank:\n"
                   "    def __init__(self):\n"
                   "        self.lock = asyncio.Lock()\n"
                   "def made():\n"
                   "    return asyncio.Semaphore(2)\n"
                   "one, two = asyncio.Lock(), asyncio.Event()\n"
                   "async def main():\n"
                   "    a = b = asyncio.Lock()\n"
                   "    forks = [asyncio.Lock() for _ in range(2)]\n"
                   "    limit: object = made()\n"
                   "    two.set()\n"
                   "    for each in one, a, *forks, limit, Bank().lock, asyncio.Lock():\n"
                   "        async with each: pass\n"
                   "    await asyncio.Queue(1).put([asyncio.Lock()])\n"
                   "asyncio.run(main())\n");
    assert_string_equal(events(&run, SIM_EV_SYNC_NEW),
                        "sync_new new=2 object=event name=\"two\" limit=0\n"
                        "sync_new new=3 object=lock name=\"one\" limit=1\n"
                        "sync_new new=4 object=lock name=\"a\" limit=1\n"
                        "sync_new new=5 object=lock name=\"forks[0]\" limit=1\n"
                        "sync_new new=6 object=lock name=\"forks[1]\" limit=1\n"
                        "sync_new new=7 object=semaphore name=\"limit\" limit=2\n"
                        "sync_new new=8 object=lock name=\"self.lock\" limit=1\n"
                        "sync_new new=9 object=lock name=\"\" limit=1\n"
                        "sync_new new=10 object=queue name=\"\" limit=1\n");
    drop(&run);
}

static void budgets_end_a_run_at_once(void **state)
{
    (void)state;
    const char *text = "import asyncio\n"
                       "async def main():\n"
                       "    print('begun')\n"
                       "    try:\n"
                       "        while True:\n"
                       "            await asyncio.sleep(1)\n"
                       "    finally:\n"
                       "        print('not reached')\n"
                       "asyncio.run(main())\n";
    struct run few = {.max_events = 1000}, brief = {.max_time_ns = INT64_C(90000000000)};
    run_text(&few, text);
    assert_int_equal(few.code, 5);
    assert_string_equal(few.out, "begun\n");
    assert_int_equal(last_event(&few).flag, SIM_END_MAX_EVENTS);
    assert_true(few.view.count <= 1001);
    drop(&few);
    run_text(&brief, text);
    assert_int_equal(brief.code, 5);
    assert_string_equal(brief.out, "begun\n");
    assert_int_equal(last_event(&brief).flag, SIM_END_MAX_TIME);
    drop(&brief);
}

static void a_loop_without_asyncio_has_a_budget_too(void **state)
{
    (void)state;
    struct run run = {.max_events = 1000};
    run_text(&run, "while True:\n    x = 1\n    y = 2\n");
    assert_int_equal(run.code, 5);
    assert_int_equal(last_event(&run).flag, SIM_END_MAX_EVENTS);
    drop(&run);
}

/* --- memory and repeatability ----------------------------------------------------------------- */

static void circles_of_tasks_and_futures_are_collected(void **state)
{
    (void)state;
    struct run run = {0};
    run_text(&run, "import asyncio, gc, weakref\n"
                   "async def wait():\n"
                   "    await asyncio.get_running_loop().create_future()\n"
                   "async def main():\n"
                   "    task = asyncio.create_task(wait(), name='lost')\n"
                   "    await asyncio.sleep(0)\n"
                   "    future = asyncio.get_running_loop().create_future()\n"
                   "    future.add_done_callback(lambda _, me=future: me)\n"
                   "    seen = [weakref.ref(task), weakref.ref(future)]\n"
                   "    del task, future\n"
                   "    gc.collect()\n"
                   "    print([r() for r in seen], len(asyncio.all_tasks()))\n"
                   "asyncio.run(main())\n");
    assert_string_equal(run.out, "[None, None] 1\n");
    assert_non_null(strstr(run.err, "Task was destroyed but it is pending!"));
    drop(&run);
}

static void a_hundred_thousand_tasks_run(void **state)
{
    (void)state;
    struct run run = {0};
    run_text(&run, "import asyncio\n"
                   "async def work(n):\n"
                   "    await asyncio.sleep(n % 7)\n"
                   "    return n\n"
                   "async def main():\n"
                   "    print(sum(await asyncio.gather(*map(work, range(100000)))))\n"
                   "asyncio.run(main())\n");
    assert_string_equal(run.err, "");
    assert_string_equal(run.out, "4999950000\n");
    drop(&run);
}

static void a_script_has_the_same_trace_each_time(void **state)
{
    (void)state;
    const char *text = "import asyncio, random, time\n"
                       "async def work(n):\n"
                       "    await asyncio.sleep(random.random())\n"
                       "    time.sleep(random.random())\n"
                       "    print(n, {str(i) for i in range(n)}, time.time())\n"
                       "async def main():\n"
                       "    await asyncio.gather(*map(work, range(20)))\n"
                       "asyncio.run(main())\n";
    struct run first = {0}, second = {0};
    run_text(&first, text);
    run_text(&second, text);
    assert_int_equal(first.code, 0);
    assert_string_equal(first.out, second.out);
    assert_true(sim_trace_hash(&first.view) == sim_trace_hash(&second.view));
    drop(&first);
    drop(&second);
}

static void what_is_not_simulated_says_so(void **state)
{
    (void)state;
    struct run run = {0};
    run_text(&run, "import asyncio\n"
                   "async def main():\n"
                   "    loop = asyncio.get_running_loop()\n"
                   "    for use in (lambda: asyncio.open_connection('localhost', 80),\n"
                   "                lambda: asyncio.create_subprocess_exec('true'),\n"
                   "                lambda: loop.add_signal_handler(2, print)):\n"
                   "        try:\n"
                   "            await use()\n"
                   "        except NotImplementedError as error:\n"
                   "            print(error)\n"
                   "asyncio.run(main())\n"
                   "print(hasattr(asyncio, 'nonsense'))\n");
    assert_non_null(strstr(run.out, "loop.create_connection() is not simulated"));
    assert_non_null(strstr(run.out, "loop.subprocess_exec() is not simulated"));
    assert_non_null(strstr(run.out, "loop.add_signal_handler() is not simulated"));
    assert_non_null(strstr(run.out, "False\n"));
    drop(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_traced_when_a_task_passes_them),
        cmocka_unit_test(lines_of_imported_neighbours_are_traced_with_their_file),
        cmocka_unit_test(output_passes_unchanged_and_is_traced_with_its_task),
        cmocka_unit_test(ends_give_python3s_exit_codes),
        cmocka_unit_test(a_missing_script_is_reported_as_python3_does),
        cmocka_unit_test(a_deadlock_names_who_waits_where),
        cmocka_unit_test(a_deadlock_names_who_holds_what),
        cmocka_unit_test(locks_are_called_what_the_script_calls_them),
        cmocka_unit_test(budgets_end_a_run_at_once),
        cmocka_unit_test(a_loop_without_asyncio_has_a_budget_too),
        cmocka_unit_test(circles_of_tasks_and_futures_are_collected),
        cmocka_unit_test(a_hundred_thousand_tasks_run),
        cmocka_unit_test(a_script_has_the_same_trace_each_time),
        cmocka_unit_test(what_is_not_simulated_says_so),
    };
    return cmocka_run_group_tests_name("host", tests, NULL, NULL);
}
