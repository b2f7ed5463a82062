#define _GNU_SOURCE /* MADV_POPULATE_WRITE */
#include "ahead.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Ranges that wait, and bytes made real at a time: whoever ends the thread waits for no more. */
enum { RANGES = 8, PIECE = 256 << 10 };

struct sim_ahead {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct {
        char *at;
        size_t size;
    } ranges[RANGES]; /* a ring, the first at `first` */
    unsigned first, count;
    bool ended;
};

/* The next piece of what is wanted, and its size; 0: the end.  The mutex is held. */
static size_t next_piece(struct sim_ahead *ahead, char **at)
{
    while (ahead->count == 0 && !ahead->ended)
        pthread_cond_wait(&ahead->changed, &ahead->mutex);
    if (ahead->ended)
        return 0;
    unsigned first = ahead->first;
    size_t left = ahead->ranges[first].size, size = left < PIECE ? left : (size_t)PIECE;
    *at = ahead->ranges[first].at;
    ahead->ranges[first].at += size;
    ahead->ranges[first].size -= size;
    if (size == left) {
        ahead->first = (first + 1) % RANGES;
        ahead->count--;
    }
    return size;
}

static void *make_real(void *argument)
{
    struct sim_ahead *ahead = argument;
    char *at;
    size_t size;
    pthread_mutex_lock(&ahead->mutex);
    while ((size = next_piece(ahead, &at)) > 0) {
        pthread_mutex_unlock(&ahead->mutex);
#ifdef MADV_POPULATE_WRITE
        (void)madvise(at, size, MADV_POPULATE_WRITE);
#endif
        pthread_mutex_lock(&ahead->mutex);
    }
    pthread_mutex_unlock(&ahead->mutex);
    return NULL;
}

struct sim_ahead *sim_ahead_start(void)
{
    struct sim_ahead *ahead = calloc(1, sizeof *ahead);
    if (!ahead)
        return NULL;
    pthread_mutex_init(&ahead->mutex, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    sigset_t all, before; /* signals are the program's own affair */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&ahead->thread, NULL, make_real, ahead);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error == 0)
        return ahead;
    free(ahead);
    return NULL;
}

void sim_ahead_end(struct sim_ahead *ahead)
{
    if (!ahead)
        return;
    pthread_mutex_lock(&ahead->mutex);
    ahead->ended = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->mutex);
    pthread_join(ahead->thread, NULL);
    pthread_cond_destroy(&ahead->changed);
    pthread_mutex_destroy(&ahead->mutex);
    free(ahead);
}

void sim_ahead_want(struct sim_ahead *ahead, void *address, size_t size)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    size_t before = -(uintptr_t)address % page, after = ((uintptr_t)address + size) % page;
    if (size < before + after + page)
        return;
    pthread_mutex_lock(&ahead->mutex);
    if (ahead->count < RANGES) {
        unsigned last = (ahead->first + ahead->count++) % RANGES;
        ahead->ranges[last].at = (char *)address + before;
        ahead->ranges[last].size = size - before - after;
        pthread_cond_signal(&ahead->changed);
    }
    pthread_mutex_unlock(&ahead->mutex);
}
