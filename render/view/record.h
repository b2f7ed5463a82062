/* The dialog that records: what there is to choose, a picture of it, and how far the recording is.
 */
#ifndef RND_RECORD_VIEW_H
#define RND_RECORD_VIEW_H

#include "field.h"
#include "layout.h"

#include <stdint.h>

/* What can be chosen, from top to bottom. */
enum rnd_record_row {
    RND_RECORD_FORMAT,
    RND_RECORD_LAYOUT,
    RND_RECORD_SIZE,
    RND_RECORD_RATE,
    RND_RECORD_PART,
    RND_RECORD_CAPTIONS,
    RND_RECORD_VOICE,
    RND_RECORD_TITLE,
    RND_RECORD_END, /* from here on: a field in place of choices */
    RND_RECORD_LENGTH,
    RND_RECORD_FILE,
    RND_RECORD_ROWS
};

enum { RND_RECORD_FIELDS = RND_RECORD_ROWS - RND_RECORD_END };

#define RND_RECORD_CHOICES_MAX 5

struct rnd_record_choices {
    const char *name;
    const char *texts[RND_RECORD_CHOICES_MAX];
    uint32_t count, chosen;
};

enum rnd_record_state { RND_RECORD_ASKS, RND_RECORD_GOES_ON, RND_RECORD_IS_DONE };

struct rnd_record_view {
    struct rnd_record_choices rows[RND_RECORD_ROWS];
    enum rnd_record_row row; /* that keys are about */
    struct rnd_field fields[RND_RECORD_FIELDS];
    enum rnd_record_state state;
    double share, left_s; /* while it goes on: done, 0..1; seconds to go, -1: unknown */
    char message[512];    /* what went wrong, or where the file is; "": nothing to tell */
    bool failed;          /* it is the former */
    /* Of the picture. */
    struct rnd_layout_spec spec;
    int width_px, height_px;
};

/* The field of a row, NULL: it has choices. */
static inline const struct rnd_field *rnd_record_field(const struct rnd_record_view *view,
                                                       enum rnd_record_row row)
{
    return row >= RND_RECORD_END ? &view->fields[row - RND_RECORD_END] : NULL;
}

/* The value of a RND_HIT_RECORD: a choice of a row, or one of the buttons. */
enum { RND_RECORD_START = 1000, RND_RECORD_LEAVE, RND_RECORD_CANCEL };
static inline uint32_t rnd_record_hit(enum rnd_record_row row, uint32_t choice)
{
    return (uint32_t)row * RND_RECORD_CHOICES_MAX + choice;
}

#endif
