#define _GNU_SOURCE /* pidfds, sigdescr_np */
#include "run.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "saved.h"
#include "sim/alloc.h"
#include "spawn.h"
#include "worker.h"

/* How long a worker may take to end in good order, once its real time is up. */
#define GRACE_NS INT64_C(500000000)

/* One region of the trace, copied as far as `used`; memory is real up to `committed`. */
struct copy {
    char *to;
    const char *from;
    size_t used, committed;
};

struct scn_run {
    pid_t pid; /* 0: reaped, or never started */
    int process_fd, timer_fd, wait_fd;
    bool out_of_time, stopped; /* why we killed it */
    int64_t max_events, max_time_ns, max_real_ns, max_memory_bytes;
    bool inspect;
    struct sim_alloc alloc;
    size_t shared_size;
    struct sim_trace_memory theirs; /* what the worker writes: untrusted */
    struct sim_trace_memory ours;
    struct copy events, texts;
    struct scn_run_report report;
    char script[PATH_MAX];
};

/* --- the trace -------------------------------------------------------------------------------- */

/* Maps what the worker writes, and reserves room for the copy. */
static int open_memory(struct scn_run *run, int memory_fd)
{
    size_t events = scn_worker_event_capacity(run->max_events, run->inspect);
    size_t texts = scn_worker_text_capacity(run->max_events);
    void *shared = mmap(NULL, run->shared_size, PROT_READ, MAP_SHARED, memory_fd, 0);
    if (shared == MAP_FAILED)
        return SIM_ENOMEM;
    run->theirs = sim_trace_memory_at(shared, events, texts);
    int error = sim_trace_memory_reserve(&run->alloc, events, texts, &run->ours);
    if (error < 0)
        return error;
    run->events =
        (struct copy){.to = (char *)run->ours.events, .from = (const char *)run->theirs.events};
    run->texts = (struct copy){.to = run->ours.text, .from = run->theirs.text};
    return 0;
}

/* Copies up to `end`, or as far as there is memory. */
static void copy_up_to(struct scn_run *run, struct copy *copy, size_t end)
{
    while (copy->committed < end) {
        if (sim_alloc_commit(&run->alloc, copy->to + copy->committed, SIM_TRACE_CHUNK) < 0) {
            end = copy->committed;
            break;
        }
        copy->committed += SIM_TRACE_CHUNK;
    }
    if (end <= copy->used)
        return;
    memcpy(copy->to + copy->used, copy->from + copy->used, end - copy->used);
    copy->used = end;
}

struct sim_trace_view scn_run_view(struct scn_run *run)
{
    if (run->theirs.head) {
        struct sim_trace_view view = sim_trace_view_of(&run->theirs);
        copy_up_to(run, &run->texts, view.text_bytes);
        copy_up_to(run, &run->events, view.count * sizeof *view.events);
    }
    return (struct sim_trace_view){.events = run->ours.events,
                                   .count = run->events.used / sizeof(struct sim_event),
                                   .text = run->ours.text,
                                   .text_bytes = run->texts.used};
}

/* The trace's own word about the end; NULL if it has none. */
static const struct sim_event *last_word(const struct sim_trace_view *view)
{
    const struct sim_event *last = view->count ? &view->events[view->count - 1] : NULL;
    return last && last->kind == SIM_EV_RUN_END ? last : NULL;
}

/* --- the process ------------------------------------------------------------------------------ */

static bool watch(const struct scn_run *run, int fd)
{
    struct epoll_event event = {.events = EPOLLIN};
    return epoll_ctl(run->wait_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* Sets the timer; it makes wait_fd readable. */
static bool set_timer(const struct scn_run *run, int64_t delay_ns)
{
    struct itimerspec limit = {
        .it_value = {.tv_sec = delay_ns / 1000000000, .tv_nsec = delay_ns % 1000000000}};
    return timerfd_settime(run->timer_fd, 0, &limit, NULL) == 0;
}

/* Opens what tells of the worker's end and of the end of its time. */
static bool open_watch(struct scn_run *run)
{
    run->process_fd = pidfd_open(run->pid, 0);
    run->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    run->wait_fd = epoll_create1(EPOLL_CLOEXEC);
    return run->process_fd >= 0 && run->timer_fd >= 0 && run->wait_fd >= 0 &&
           watch(run, run->process_fd) && watch(run, run->timer_fd) &&
           set_timer(run, run->max_real_ns);
}

static int64_t number_or(int64_t number, int64_t standard)
{
    return number ? number : standard;
}

static int start(struct scn_run *run, const struct scn_run_options *given, char *error, size_t size)
{
    struct scn_run_options options = *given;
    options.max_events = run->max_events =
        given->inspect > 1 ? given->inspect - 1 : number_or(given->max_events, SCN_RUN_MAX_EVENTS);
    run->inspect = given->inspect > 1;
    options.max_time_ns = run->max_time_ns = number_or(given->max_time_ns, SCN_RUN_MAX_TIME_NS);
    options.max_real_ns = run->max_real_ns = number_or(given->max_real_ns, SCN_RUN_MAX_REAL_NS);
    options.max_memory_bytes = run->max_memory_bytes =
        number_or(given->max_memory_bytes, SCN_RUN_MAX_MEMORY_BYTES);
    snprintf(run->script, sizeof run->script, "%s", given->script);
    if (run->max_events < 0 || run->max_events > SCN_RUN_MAX_EVENTS_MOST || run->max_time_ns < 0 ||
        run->max_real_ns < 0 || run->max_memory_bytes < 0) {
        snprintf(error, size, "a limit of the run is out of range");
        return SIM_EINVAL;
    }
    run->shared_size =
        sim_trace_memory_size(scn_worker_event_capacity(run->max_events, run->inspect),
                              scn_worker_text_capacity(run->max_events));
    int memory_fd = scn_spawn_memory(run->shared_size);
    if (memory_fd < 0 || open_memory(run, memory_fd) < 0) {
        snprintf(error, size, "no memory for the trace: %s", strerror(errno));
        if (memory_fd >= 0)
            close(memory_fd);
        return SIM_ENOMEM;
    }
    pid_t pid = scn_spawn_worker(&options, memory_fd, error, size);
    close(memory_fd);
    if (pid < 0)
        return SIM_EIO;
    run->pid = pid;
    if (open_watch(run))
        return 0;
    snprintf(error, size, "cannot watch the worker: %s", strerror(errno));
    return SIM_EIO;
}

/* A run that was saved is over before it starts. */
static int start_saved(struct scn_run *run, const char *path, char *error, size_t size)
{
    struct sim_trace_view view;
    int code = scn_saved_read(path, &run->alloc, &run->ours, &view, error, size);
    if (code < 0)
        return code;
    run->events.used = view.count * sizeof *view.events;
    run->texts.used = view.text_bytes;
    const struct sim_event *end = last_word(&view);
    run->report =
        (struct scn_run_report){.state = SCN_RUN_ENDED, .exit_code = end ? (int)end->a : 0};
    run->wait_fd = eventfd(1, EFD_CLOEXEC); /* readable, as that of a run that has ended */
    if (run->wait_fd >= 0 && scn_saved_script(path, &view, run->script, sizeof run->script))
        return 0;
    snprintf(error, size, "cannot open the trace '%s': %s", path, strerror(errno));
    return SIM_EIO;
}

int scn_run_start(const struct scn_run_options *options, struct scn_run **out, char *error,
                  size_t error_size)
{
    struct scn_run *run = calloc(1, sizeof *run);
    *out = NULL;
    if (!run) {
        snprintf(error, error_size, "%s", sim_error_text(SIM_ENOMEM));
        return SIM_ENOMEM;
    }
    sim_alloc_init(&run->alloc);
    run->process_fd = run->timer_fd = run->wait_fd = -1;
    int code = scn_saved_is(options->script) ? start_saved(run, options->script, error, error_size)
                                             : start(run, options, error, error_size);
    if (code < 0) {
        scn_run_free(run);
        return code;
    }
    *out = run;
    return 0;
}

int scn_run_fd(const struct scn_run *run)
{
    return run->wait_fd;
}

/* --- how it ended ----------------------------------------------------------------------------- */

__attribute__((format(printf, 4, 5))) static void
conclude(struct scn_run *run, enum scn_run_state state, int exit_code, const char *format, ...)
{
    va_list args;
    run->report.state = state;
    run->report.exit_code = exit_code;
    va_start(args, format);
    vsnprintf(run->report.message, sizeof run->report.message, format, args);
    va_end(args);
}

static void conclude_out_of_time(struct scn_run *run)
{
    conclude(run, SCN_RUN_EXHAUSTED, SCN_EXIT_BUDGET,
             "the script did not end within %g s of real time; what it did until then is kept",
             (double)run->max_real_ns / 1e9);
}

static void conclude_exit(struct scn_run *run, int code)
{
    struct sim_trace_view view =
        sim_trace_view_of(&run->theirs); /* its end only: no copy of it all */
    const struct sim_event *end = last_word(&view);
    if (end && end->flag == SIM_END_MAX_EVENTS)
        conclude(run, SCN_RUN_EXHAUSTED, SCN_EXIT_BUDGET,
                 "the script did not end within %" PRId64 " events; what it did until then is kept",
                 run->max_events);
    else if (end && end->flag == SIM_END_MAX_TIME)
        conclude(run, SCN_RUN_EXHAUSTED, SCN_EXIT_BUDGET,
                 "the script did not end within %g s of virtual time; what it did until then is "
                 "kept",
                 (double)run->max_time_ns / 1e9);
    else if (end && end->flag == SIM_END_MAX_REAL)
        conclude_out_of_time(run);
    else if (end && end->flag == SIM_END_MAX_MEMORY)
        conclude(run, SCN_RUN_EXHAUSTED, SCN_EXIT_BUDGET,
                 "the script took more than %" PRId64 " MB of memory; what it did until then is "
                 "kept",
                 run->max_memory_bytes >> 20);
    else if (end && end->flag == SIM_END_ERROR)
        conclude(run, SCN_RUN_CRASHED, code, "the run could not go on: %.120s",
                 sim_trace_text(&view, end->b, NULL));
    else if (!end && code == SCN_WORKER_FAILED)
        conclude(run, SCN_RUN_CRASHED, code, "the worker could not run the script");
    else
        conclude(run, SCN_RUN_ENDED, code, "%s", "");
}

static void conclude_signal(struct scn_run *run, int number)
{
    const char *name = sigdescr_np(number);
    if (run->stopped)
        conclude(run, SCN_RUN_STOPPED, 128 + number,
                 "the run was stopped; what it did until then is kept");
    else if (run->out_of_time)
        conclude_out_of_time(run);
    else if (number == SIGKILL)
        conclude(run, SCN_RUN_CRASHED, 128 + number,
                 "the system ended the script, as it does when memory runs out (signal %d); what "
                 "it did until then is kept",
                 number);
    else
        conclude(run, SCN_RUN_CRASHED, 128 + number,
                 "the script crashed: %s (signal %d); what it did until then is kept",
                 name ? name : "unknown signal", number);
}

/* Takes the worker's end, if it is there or if we may wait. */
static bool reap(struct scn_run *run, int flags)
{
    siginfo_t info = {0};
    int result;
    do
        result = waitid(P_PIDFD, (id_t)run->process_fd, &info, WEXITED | flags);
    while (result != 0 && errno == EINTR);
    if (result == 0 && info.si_pid == 0)
        return false;
    run->pid = 0;
    if (result != 0)
        conclude(run, SCN_RUN_CRASHED, SCN_WORKER_FAILED, "the worker was lost");
    else if (info.si_code == CLD_EXITED)
        conclude_exit(run, info.si_status);
    else
        conclude_signal(run, info.si_status);
    return true;
}

bool scn_run_poll(struct scn_run *run)
{
    uint64_t expired;
    if (!run->pid || reap(run, WNOHANG))
        return true;
    if (read(run->timer_fd, &expired, sizeof expired) != (ssize_t)sizeof expired)
        return false;
    kill(run->pid, run->out_of_time || !set_timer(run, GRACE_NS) ? SIGKILL : SCN_WORKER_TIME_UP);
    run->out_of_time = true;
    return false;
}

void scn_run_wait(struct scn_run *run)
{
    while (!scn_run_poll(run)) {
        struct pollfd ready = {.fd = run->wait_fd, .events = POLLIN};
        (void)poll(&ready, 1, -1); /* interrupted: polls once more */
    }
}

void scn_run_stop(struct scn_run *run)
{
    if (scn_run_poll(run))
        return;
    run->stopped = !run->out_of_time;
    kill(run->pid, SIGKILL);
    reap(run, 0);
}

const char *scn_run_script(const struct scn_run *run)
{
    return run->script;
}

const struct scn_run_report *scn_run_report(const struct scn_run *run)
{
    return &run->report;
}

int scn_run_save(struct scn_run *run, const char *path, char *error, size_t error_size)
{
    struct sim_trace_view view = scn_run_view(run);
    return scn_saved_write(path, &view, error, error_size);
}

static void close_fd(int fd)
{
    if (fd >= 0)
        close(fd);
}

void scn_run_free(struct scn_run *run)
{
    if (!run)
        return;
    if (run->pid && run->process_fd >= 0)
        scn_run_stop(run);
    else if (run->pid) {
        kill(run->pid, SIGKILL);
        waitpid(run->pid, NULL, 0);
    }
    close_fd(run->process_fd);
    close_fd(run->timer_fd);
    close_fd(run->wait_fd);
    if (run->theirs.head)
        munmap(run->theirs.head, run->shared_size);
    if (run->ours.head)
        sim_trace_memory_free(&run->alloc, &run->ours);
    free(run);
}
