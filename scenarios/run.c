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
#include <sys/pidfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel.h"
#include "saved.h"
#include "spawn.h"
#include "worker.h"

/* How long a worker may take to end in good order, once its real time is up. */
#define GRACE_NS INT64_C(500000000)

struct scn_run {
    pid_t pid; /* 0: reaped, or never started */
    int process_fd, timer_fd, wait_fd;
    bool out_of_time, stopped; /* why we killed it */
    int64_t max_events, max_time_ns, max_real_ns, max_memory_bytes;
    bool inspect;
    struct scn_channel channel;
    struct scn_run_report report;
    char script[PATH_MAX];
};

struct sim_trace_view scn_run_view(struct scn_run *run)
{
    scn_channel_drain(&run->channel);
    return scn_channel_view(&run->channel);
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
           watch(run, run->channel.filled_fd) && set_timer(run, run->max_real_ns);
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
    if (scn_channel_open(&run->channel, run->max_events, run->inspect, given->forgets) < 0) {
        snprintf(error, size, "no memory for the trace: %s", strerror(errno));
        return SIM_ENOMEM;
    }
    pid_t pid = scn_spawn_worker(&options, &run->channel, error, size);
    scn_channel_hand_over(&run->channel);
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
    struct scn_channel *channel = &run->channel;
    int code = scn_saved_read(path, &channel->alloc, &channel->ours, &view, error, size);
    if (code < 0)
        return code;
    channel->events.used = view.count * sizeof *view.events;
    channel->texts.used = view.text_bytes;
    struct sim_event end;
    run->report = (struct scn_run_report){
        .state = SCN_RUN_ENDED, .exit_code = scn_channel_last_word(channel, &end) ? (int)end.a : 0};
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
    scn_channel_init(&run->channel);
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

static const char *text_of(struct scn_run *run, uint32_t id)
{
    struct sim_trace_view view = scn_run_view(run);
    return sim_trace_text(&view, id, NULL);
}

static void conclude_exit(struct scn_run *run, int code)
{
    struct sim_event last;
    const struct sim_event *end = scn_channel_last_word(&run->channel, &last) ? &last : NULL;
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
                 text_of(run, end->b));
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
    scn_channel_drain_if_filled(&run->channel);
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
    scn_channel_close(&run->channel);
    free(run);
}
