#define _GNU_SOURCE /* pipe2 */
#include "record_job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct rnd_record_job {
    pid_t process; /* 0: it is over */
    int pipe;      /* what it tells */
    char line[1024];
    size_t length; /* of the line that is not whole yet */
    struct rnd_record_status status;
};

/* --- starting --------------------------------------------------------------------------------- */

/* Spawns the program with nothing to read and with what it tells in a pipe.  0 or an errno. */
static int spawn(struct rnd_record_job *job, const char *program, char *const *arguments, int tell)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    int failed = posix_spawn_file_actions_init(&files);
    if (failed)
        return failed;
    failed = posix_spawnattr_init(&attributes);
    if (failed)
        goto destroy_files;
    failed = posix_spawnattr_setsigmask(&attributes, &none);
    if (!failed)
        failed = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    if (!failed)
        failed = posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!failed)
        failed = posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (!failed)
        failed = posix_spawn_file_actions_adddup2(&files, tell, STDERR_FILENO);
    if (!failed)
        failed = posix_spawn(&job->process, program, &files, &attributes, arguments, environ);
    (void)posix_spawnattr_destroy(&attributes);
destroy_files:
    (void)posix_spawn_file_actions_destroy(&files);
    return failed;
}

int rnd_record_job_start(const char *program, char *const *arguments, struct rnd_record_job **out,
                         char *error, size_t error_size)
{
    int ends[2];
    struct rnd_record_job *job = calloc(1, sizeof *job);
    if (!job)
        return SIM_ENOMEM;
    int failed = pipe2(ends, O_CLOEXEC | O_NONBLOCK) ? errno : 0;
    if (!failed) {
        failed = spawn(job, program ? program : "/proc/self/exe", arguments, ends[1]);
        (void)close(ends[1]);
        if (failed)
            (void)close(ends[0]);
    }
    if (failed) {
        (void)snprintf(error, error_size, "the recording cannot be started: %s", strerror(failed));
        free(job);
        return SIM_EIO;
    }
    job->pipe = ends[0];
    job->status.left_s = -1;
    *out = job;
    return SIM_OK;
}

/* --- listening -------------------------------------------------------------------------------- */

/* A line is progress, or says what is wrong. */
static void take_line(struct rnd_record_job *job)
{
    struct rnd_record_status *status = &job->status;
    long long done, count;
    double seconds, left;
    if (sscanf(job->line, "{\"frame\": %lld, \"frames\": %lld, \"seconds\": %lf, \"left\": %lf}",
               &done, &count, &seconds, &left) == 4) {
        status->share = count > 0 ? (double)done / (double)count : 0;
        status->left_s = left;
        return;
    }
    const char *colon = strstr(job->line, ": ");
    (void)snprintf(status->error, sizeof status->error, "%.500s", colon ? colon + 2 : job->line);
}

static void take_bytes(struct rnd_record_job *job, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != '\n') {
            if (job->length + 1 < sizeof job->line)
                job->line[job->length++] = bytes[i];
            continue;
        }
        job->line[job->length] = '\0';
        take_line(job);
        job->length = 0;
    }
}

static void listen_to(struct rnd_record_job *job)
{
    char bytes[1024];
    for (ssize_t count; (count = read(job->pipe, bytes, sizeof bytes)) > 0;)
        take_bytes(job, bytes, (size_t)count);
}

const struct rnd_record_status *rnd_record_job_poll(struct rnd_record_job *job)
{
    int how;
    struct rnd_record_status *status = &job->status;
    bool over = job->process && waitpid(job->process, &how, WNOHANG) == job->process;
    listen_to(job);
    if (!over)
        return status;
    job->process = 0;
    status->over = true;
    status->failed = !WIFEXITED(how) || WEXITSTATUS(how) != 0;
    if (status->failed && !*status->error)
        (void)snprintf(status->error, sizeof status->error, "the recording ended early");
    return status;
}

void rnd_record_job_close(struct rnd_record_job *job)
{
    if (!job)
        return;
    if (job->process) {
        (void)kill(job->process, SIGTERM);
        (void)waitpid(job->process, NULL, 0);
    }
    (void)close(job->pipe);
    free(job);
}
