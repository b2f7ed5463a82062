/* awaitscope record: a run as a video. */
#include <inttypes.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "cmd.h"
#include "record.h"

#define EXIT_BY_SIGNAL 128 /* and its number */

/* What is told of the progress, and how. */
struct teller {
    enum { TELL_NOTHING, TELL_LINE, TELL_JSON } how;
    struct timespec began, told;
};

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

static void print_progress(const struct teller *teller, int64_t done, int64_t count)
{
    double gone_s = seconds_since(&teller->began);
    double left_s = gone_s * (double)(count - done) / (double)done;
    if (teller->how == TELL_JSON)
        fprintf(stderr,
                "{\"frame\": %" PRId64 ", \"frames\": %" PRId64 ", \"seconds\": %.3f, "
                "\"left\": %.3f}\n",
                done, count, gone_s, left_s);
    else
        fprintf(stderr, "\rRecording: %3" PRId64 " %%, %.0f s left \x1b[K", done * 100 / count,
                left_s);
}

/* The signal that asks us to end and that waits for us to look, 0: none. */
static int waiting_signal(void)
{
    sigset_t waiting;
    sigpending(&waiting);
    return sigismember(&waiting, SIGINT) ? SIGINT : sigismember(&waiting, SIGTERM) ? SIGTERM : 0;
}

static bool was_ended(void *context)
{
    (void)context;
    return waiting_signal() != 0;
}

static bool tell(void *context, int64_t done, int64_t count, struct rnd_image image)
{
    struct teller *teller = context;
    (void)image;
    if (teller->how != TELL_NOTHING && (done == count || seconds_since(&teller->told) > 0.1)) {
        print_progress(teller, done, count);
        clock_gettime(CLOCK_MONOTONIC, &teller->told);
    }
    return waiting_signal() == 0;
}

/* From now on signals wait until they are looked for, and a file that grows too large is an error
 * like a full disk. */
static void hold_signals(void)
{
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigprocmask(SIG_BLOCK, &held, NULL);
    sigaction(SIGXFSZ, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
}

static int record(const struct rnd_options *options, struct rnd_subject *const *subjects,
                  uint32_t count)
{
    struct rnd_record_options record = options->record;
    char error[512];
    record.output = options->output;
    record.width_px = options->width_px;
    record.height_px = options->height_px;
    record.scale = options->scale;
    record.theme = options->theme;
    struct teller teller = {.how = options->progress            ? TELL_JSON
                                   : isatty(STDERR_FILENO) == 1 ? TELL_LINE
                                                                : TELL_NOTHING};
    clock_gettime(CLOCK_MONOTONIC, &teller.began);
    int code =
        rnd_record(&record, subjects, count,
                   &(struct rnd_record_progress){tell, was_ended, &teller}, error, sizeof error);
    if (teller.how == TELL_LINE)
        fputs("\r\x1b[K", stderr);
    return code == RND_RECORD_ENDED ? EXIT_BY_SIGNAL + waiting_signal()
           : code < 0               ? rnd_cmd_fail(options, "%s", error)
                                    : 0;
}

int rnd_cmd_record(const struct rnd_options *options)
{
    struct rnd_subject *subjects[RND_COMPARED_MAX];
    uint32_t count = rnd_cmd_subjects(options, subjects);
    int code = count > 0 ? 0 : RND_OPTIONS_EXIT;
    for (uint32_t i = 0; i < count; i++)
        if (scn_run_report(subjects[i]->run)->exit_code == EXIT_BY_SIGNAL + SIGINT)
            code = EXIT_BY_SIGNAL + SIGINT;
    if (code == 0) {
        hold_signals();
        code = record(options, subjects, count);
    }
    while (count > 0)
        rnd_subject_close(subjects[--count]);
    return code;
}
