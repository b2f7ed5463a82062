/* Writing what is known of a thing: private to the inspect*.c files. */
#ifndef RND_INSPECT_WRITE_H
#define RND_INSPECT_WRITE_H

#include "index.h"
#include "inspect.h"
#include "label.h"
#include "text.h"

/* What is being written, as of when. */
struct rnd_inspection {
    const struct rnd_model *model;
    struct rnd_moment now;
    struct rnd_facts *facts;
};

/* A row of a style that leads nowhere yet; beyond the last there is room for, one that is never
 * seen. */
struct rnd_fact *rnd_inspection_add(struct rnd_inspection *in, enum rnd_fact_style style);

/* A heading; a label with its text by printf's rules. */
void rnd_inspection_heading(struct rnd_inspection *in, const char *text);
__attribute__((format(printf, 3, 4))) struct rnd_fact *
rnd_inspection_pair(struct rnd_inspection *in, const char *label, const char *format, ...);

/* A thing as an item, with how it is at its end. */
struct rnd_fact *rnd_inspection_item(struct rnd_inspection *in, struct rnd_thing thing,
                                     uint32_t depth);
/* "+ 3 more", if there are any. */
void rnd_inspection_more(struct rnd_inspection *in, uint32_t count);
/* Tasks as a list with its heading, none if there are none; `count` may be more than are listed. */
void rnd_inspection_tasks(struct rnd_inspection *in, const char *heading, const uint32_t *tasks,
                          uint32_t count);

/* A time of the run, "at 2.0 s". */
struct rnd_inspected_time {
    char text[RND_LABEL_MAX];
};
struct rnd_inspected_time rnd_inspection_time(int64_t ns);

/* All of each kind of thing. */
void rnd_inspect_task(struct rnd_inspection *in, uint32_t task);
void rnd_inspect_timer(struct rnd_inspection *in, uint32_t index);
void rnd_inspect_callback(struct rnd_inspection *in, uint32_t handle);
void rnd_inspect_object(struct rnd_inspection *in, uint32_t index);
void rnd_inspect_future(struct rnd_inspection *in, uint32_t future);

/* How a future that is no task ended, and at which cursor; NULL while it has not. */
const struct sim_event *rnd_inspect_future_end(const struct rnd_model *model, uint32_t future,
                                               uint32_t cursor, uint32_t *at);

#endif
