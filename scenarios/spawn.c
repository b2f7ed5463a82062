#define _GNU_SOURCE /* memfd_create, close_range, personality, pipe2 */
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "worker.h"

/* Descriptors of ours that the child needs while it rearranges the low ones. */
#define FIRST_HIGH_FD 10

extern char **environ;

/* Moves a descriptor out of the way of the low ones. */
static int raise_fd(int fd)
{
    if (fd < 0)
        return -1;
    int high = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_HIGH_FD);
    close(fd);
    return high;
}

int scn_spawn_memory(size_t size)
{
    int fd = raise_fd(memfd_create("awaitscope-trace", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (fd < 0)
        return -1;
    if (ftruncate(fd, (off_t)size) == 0 &&
        fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
        return fd;
    close(fd);
    return -1;
}

int scn_spawn_counter(int flags)
{
    return raise_fd(eventfd(0, EFD_CLOEXEC | flags));
}

/* --- the program ------------------------------------------------------------------------------ */

bool scn_run_find_program(const char *name, char *path, size_t size)
{
    static const char *const places[] = {"", "../libexec/awaitscope/"};
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length < 0)
        return false;
    self[length] = '\0';
    char *slash = strrchr(self, '/');
    if (slash)
        slash[1] = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int n = snprintf(path, size, "%s%s%s", self, places[i], name);
        if (n > 0 && (size_t)n < size && access(path, X_OK) == 0)
            return true;
    }
    if (snprintf(path, size, "%s%s", self, name) < 0)
        path[0] = '\0';
    return false;
}

/* --- its surroundings ------------------------------------------------------------------------- */

/* What of the environment could change what a script does. */
static bool leaks_in(const char *variable)
{
    static const char *const prefixes[] = {"PYTHON", "LANG=", "LANGUAGE=", "LC_", "TZ="};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncmp(variable, prefixes[i], strlen(prefixes[i])) == 0)
            return true;
    return false;
}

/* Our environment, but for what leaks in.  An array of borrowed strings; NULL: no memory. */
static const char **make_environment(void)
{
    static const char *const fixed[] = {"LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC",
                                        "PYTHONHASHSEED=0"};
    const size_t fixed_count = sizeof fixed / sizeof *fixed;
    size_t count = 0;
    while (environ[count])
        count++;
    const char **out = calloc(count + fixed_count + 1, sizeof *out);
    if (!out)
        return NULL;
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        if (!leaks_in(environ[i]))
            out[used++] = environ[i];
    memcpy(out + used, fixed, sizeof fixed);
    return out;
}

/* The parameters as one argument, which the caller frees; NULL: no memory. */
static char *join_params(const struct scn_run_options *options)
{
    size_t size = 1, used = 0;
    for (int i = 0; i < options->param_count; i++)
        size += strlen(options->params[i].name) + strlen(options->params[i].value) + 2;
    char *joined = calloc(size, 1);
    for (int i = 0; joined && i < options->param_count; i++)
        used += (size_t)snprintf(joined + used, size - used, "%s=%s\n", options->params[i].name,
                                 options->params[i].value);
    return joined;
}

/* The worker's argv; `numbers` holds the texts of the numbers.  NULL: no memory. */
static const char **make_arguments(const struct scn_run_options *options, const char *program,
                                   const char *params, char numbers[3][24])
{
    const char **out = calloc(SCN_WORKER_ARGS_MIN + (size_t)options->arg_count + 1, sizeof *out);
    if (!out)
        return NULL;
    snprintf(numbers[0], sizeof numbers[0], "%" PRId64, options->max_events);
    snprintf(numbers[1], sizeof numbers[1], "%" PRId64, options->max_time_ns);
    snprintf(numbers[2], sizeof numbers[2], "%" PRId64, options->max_memory_bytes);
    out[0] = program;
    out[SCN_WORKER_MAX_EVENTS] = numbers[0];
    out[SCN_WORKER_MAX_TIME] = numbers[1];
    out[SCN_WORKER_MAX_MEMORY] = numbers[2];
    out[SCN_WORKER_INSPECT] = options->inspect > 1 ? "1" : "0";
    out[SCN_WORKER_PARAMS] = params;
    out[SCN_WORKER_SCRIPT] = options->script;
    for (int i = 0; i < options->arg_count; i++)
        out[SCN_WORKER_ARGS_MIN + i] = options->args[i];
    return out;
}

/* --- the child -------------------------------------------------------------------------------- */

struct child {
    const char *program;
    const char **arguments, **environment;
    const struct scn_channel *channel;
    int status_fd;
    bool mute[3]; /* by descriptor */
    pid_t parent;
};

/* True if the descriptors are as the worker expects them. */
static bool arrange_descriptors(const struct child *child)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0)
        return false;
    for (int fd = 0; fd < 3; fd++)
        if (child->mute[fd] && dup2(null, fd) < 0)
            return false;
    if (dup2(child->channel->memory_fd, SCN_WORKER_TRACE_FD) < 0 ||
        dup2(child->channel->filled_fd, SCN_WORKER_FILLED_FD) < 0 ||
        dup2(child->channel->room_fd, SCN_WORKER_ROOM_FD) < 0)
        return false;
    return close_range(SCN_WORKER_ROOM_FD + 1, ~0U, CLOSE_RANGE_CLOEXEC) == 0;
}

/* If the system runs out of memory, it is the worker that it ends, and nobody else. */
static void be_the_first_to_go(void)
{
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    ssize_t ignored = write(fd, "1000", 4);
    (void)ignored;
    close(fd);
}

/* Becomes the worker; comes back only with an errno. */
static void become_worker(const struct child *child)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        return;
    if (getppid() != child->parent)
        _exit(SCN_WORKER_FAILED);
    be_the_first_to_go();
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    /* Some containers forbid this.  It only makes crashes repeatable: no trace has an address. */
    (void)personality(ADDR_NO_RANDOMIZE);
    if (arrange_descriptors(child))
        execve(child->program, (char *const *)child->arguments, (char *const *)child->environment);
}

/* Forks; the child's end is a pipe that closes by exec or carries the errno. */
static pid_t fork_worker(struct child *child, int *exec_errno)
{
    int ends[2];
    *exec_errno = 0;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    child->status_fd = raise_fd(ends[1]);
    child->parent = getpid();
    pid_t pid = child->status_fd < 0 ? -1 : fork();
    if (pid == 0) {
        become_worker(child);
        int reason = errno;
        ssize_t ignored = write(child->status_fd, &reason, sizeof reason);
        (void)ignored;
        _exit(SCN_WORKER_FAILED);
    }
    int fork_errno = errno;
    close(child->status_fd);
    if (pid > 0)
        while (read(ends[0], exec_errno, sizeof *exec_errno) < 0 && errno == EINTR)
            ;
    close(ends[0]);
    errno = fork_errno;
    return pid;
}

pid_t scn_spawn_worker(const struct scn_run_options *options, const struct scn_channel *channel,
                       char *error, size_t error_size)
{
    char found[PATH_MAX], numbers[3][24];
    struct child child = {
        .program = options->worker ? options->worker : found,
        .channel = channel,
        .mute = {!options->share_stdin, options->mute_stdout, options->mute_stderr}};
    if (!options->worker && !scn_run_find_program(SCN_WORKER_NAME, found, sizeof found)) {
        snprintf(error, error_size, "the program that runs scripts is missing: %s", found);
        return -1;
    }
    int exec_errno = ENOMEM;
    pid_t pid = -1;
    child.environment = make_environment();
    char *params = join_params(options);
    child.arguments = params ? make_arguments(options, child.program, params, numbers) : NULL;
    if (child.environment && child.arguments)
        pid = fork_worker(&child, &exec_errno);
    free(params);
    free(child.environment);
    free(child.arguments);
    if (pid > 0 && exec_errno == 0)
        return pid;
    snprintf(error, error_size, "cannot start %s: %s", child.program,
             strerror(exec_errno ? exec_errno : errno));
    return -1;
}
