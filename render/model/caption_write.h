/* Writing a caption: private to the caption*.c files. */
#ifndef RND_CAPTION_WRITE_H
#define RND_CAPTION_WRITE_H

#include "caption.h"
#include "index.h"
#include "label.h"
#include "text.h"

/* One caption being written. */
struct rnd_writer {
    const struct rnd_model *model;
    struct sim_event event;
    uint32_t index; /* of the event */
    uint32_t at;    /* the cursor after it and what tells more about it */
    int64_t now_ns;
    struct rnd_text head, more;
    struct rnd_caption *out;
    bool brief; /* what the second sentence takes long to find out is left out */
};

/* A name or a time, to be used within the expression that asks for it. */
struct rnd_words {
    char text[RND_LABEL_MAX];
};
/* Whether no task does it, but a callback of the loop. */
bool rnd_writer_in_callback(const struct rnd_writer *writer);
/* A task, for task 0 "The script" or "The callback", at the beginning of a sentence; an entry of
 * the ready queue, in the midst of one. */
struct rnd_words rnd_writer_task(const struct rnd_writer *writer, uint32_t task);
struct rnd_words rnd_writer_push(const struct rnd_writer *writer, const struct rnd_push *push);
struct rnd_words rnd_writer_handle(const struct rnd_writer *writer, uint32_t handle);
struct rnd_words rnd_writer_time(int64_t ns);
/* A text of the trace, shortened. */
struct rnd_words rnd_writer_text(const struct rnd_writer *writer, uint32_t id);

/* Whom the caption is about, and in which tone. */
void rnd_writer_about(struct rnd_writer *writer, uint32_t task, enum rnd_tone tone);

/* The task that runs, 0: none. */
uint32_t rnd_writer_runner(const struct rnd_writer *writer);

/* The timer that was up when the task was last asked to cancel, NULL: it was not for that. */
const struct rnd_timer *rnd_writer_time_up(const struct rnd_writer *writer, uint32_t task);

/* Why a task that awaited this can go on: "the event is set". */
const char *rnd_writer_why(const struct rnd_span *span);

/* The sentences of a task that suspends in this span (NULL: it is not known). */
void rnd_caption_await(struct rnd_writer *writer, const struct rnd_span *span);

/* The sentences of a callback that becomes ready, that runs. */
void rnd_caption_callback_ready(struct rnd_writer *writer);
void rnd_caption_callback_begin(struct rnd_writer *writer);

/* The timer of a handle, NULL: it has none. */
const struct rnd_timer *rnd_writer_timer(const struct rnd_writer *writer, uint32_t handle);

/* The second sentence: how the entry that was just appended stands in the ready queue. */
void rnd_writer_place(struct rnd_writer *writer);
/* The second sentence: what the loop will do next. */
void rnd_writer_next(struct rnd_writer *writer);

/* The sentences of an event of each family; what they do not know they leave out. */
void rnd_caption_task(struct rnd_writer *writer);
void rnd_caption_loop(struct rnd_writer *writer);
void rnd_caption_run(struct rnd_writer *writer);
void rnd_caption_wait(struct rnd_writer *writer);
void rnd_caption_sync(struct rnd_writer *writer);
void rnd_caption_thread(struct rnd_writer *writer);

#endif
