#define _GNU_SOURCE /* pipe2 */
#include "watch.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/* Saves that follow each other faster than that are one. */
#define QUIET_MS 40

/* The folder is watched, not the file: what is renamed over the file is another one. */
struct file {
    int folder;       /* inotify's number of it */
    char *path;       /* owned */
    const char *name; /* its last part */
};

struct rnd_watch {
    int inotify;
    int end[2]; /* a pipe: closed at its far end, it tells the thread to end */
    struct file *files;
    size_t count;
    void (*saved)(void *user);
    void *user;
    pthread_t thread;
};

/* Takes in what inotify has to tell; whether a file of ours is among it. */
static bool read_events(const struct rnd_watch *watch)
{
    _Alignas(struct inotify_event) char bytes[4096];
    bool ours = false;
    ssize_t length;
    while ((length = read(watch->inotify, bytes, sizeof bytes)) > 0)
        for (ssize_t at = 0; at < length;) {
            const struct inotify_event *event = (const void *)(bytes + at);
            at += (ssize_t)(sizeof *event + event->len);
            for (size_t i = 0; i < watch->count; i++)
                ours |= event->len > 0 && event->wd == watch->files[i].folder &&
                        strcmp(event->name, watch->files[i].name) == 0;
        }
    return ours;
}

static void *look(void *user)
{
    const struct rnd_watch *watch = user;
    struct pollfd waits[] = {{.fd = watch->inotify, .events = POLLIN},
                             {.fd = watch->end[0], .events = POLLIN}};
    for (bool saved = false; waits[1].revents == 0;) {
        int count = poll(waits, 2, saved ? QUIET_MS : -1);
        if (count > 0 && waits[0].revents)
            saved |= read_events(watch);
        if (count == 0 && saved) {
            watch->saved(watch->user);
            saved = false;
        }
    }
    return NULL;
}

/* Watches a file's folder.  Errors: SIM_ENOMEM, SIM_EIO. */
static int add_file(struct rnd_watch *watch, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    char folder[PATH_MAX];
    if (length >= sizeof folder)
        return SIM_EIO;
    (void)snprintf(folder, sizeof folder, "%.*s", (int)length, path);
    struct file *file = &watch->files[watch->count];
    file->path = strdup(path);
    if (!file->path)
        return SIM_ENOMEM;
    file->name = file->path + length;
    watch->count++;
    file->folder =
        inotify_add_watch(watch->inotify, length ? folder : ".", IN_CLOSE_WRITE | IN_MOVED_TO);
    return file->folder < 0 ? SIM_EIO : 0;
}

static void free_files(struct rnd_watch *watch)
{
    for (size_t i = 0; i < watch->count; i++)
        free(watch->files[i].path);
    free(watch->files);
}

int rnd_watch_open(struct rnd_watch **out, const char *const *paths, size_t count,
                   void (*saved)(void *user), void *user)
{
    int code = SIM_ENOMEM;
    struct rnd_watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        return code;
    watch->saved = saved;
    watch->user = user;
    watch->files = calloc(count ? count : 1, sizeof *watch->files);
    if (!watch->files)
        goto free_watch;
    code = SIM_EIO;
    watch->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch->inotify < 0)
        goto free_files;
    for (size_t i = 0; i < count; i++) {
        code = add_file(watch, paths[i]);
        if (code)
            goto close_inotify;
    }
    code = SIM_EIO;
    if (pipe2(watch->end, O_CLOEXEC))
        goto close_inotify;
    if (pthread_create(&watch->thread, NULL, look, watch) == 0) {
        *out = watch;
        return 0;
    }
    (void)close(watch->end[0]);
    (void)close(watch->end[1]);
close_inotify:
    (void)close(watch->inotify);
free_files:
    free_files(watch);
free_watch:
    free(watch);
    return code;
}

bool rnd_watch_is_over(const struct rnd_watch *watch, const char *const *paths, size_t count)
{
    bool same = watch->count == count;
    for (size_t i = 0; same && i < count; i++)
        same = strcmp(watch->files[i].path, paths[i]) == 0;
    return same;
}

void rnd_watch_close(struct rnd_watch *watch)
{
    if (!watch)
        return;
    (void)close(watch->end[1]);
    (void)pthread_join(watch->thread, NULL);
    (void)close(watch->end[0]);
    (void)close(watch->inotify);
    free_files(watch);
    free(watch);
}
