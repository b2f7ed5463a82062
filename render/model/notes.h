/* Marks: moments of a run that have a name and perhaps a note.  People set them, and lessons have
 * them in comments.
 *
 * Those that people set are kept as text, one a line: seconds of virtual time, which of the stops
 * (step.h) of that instant, the name; and indented below it the note:
 *
 *     2.5 +3 here it begins to wait
 *         The lock is held by main.
 *
 * Invariants: the marks are in order of their moments, and those that the run does not reach are
 * last; names are not empty and, as notes, single lines of UTF-8.
 */
#ifndef RND_NOTES_H
#define RND_NOTES_H

#include "lesson.h"
#include "model.h"

struct rnd_mark {
    char *name, *note;        /* owned; note "": none */
    bool own;                 /* somebody set it: it can be changed */
    uint32_t line;            /* of the lesson's comment, 0: it is one's own */
    int64_t time_ns;          /* where an own one is, whatever the run: */
    uint32_t stop;            /* after so many stops of that instant */
    struct rnd_moment moment; /* in this run; cursor RND_NEVER: the run does not get there */
};

struct rnd_notes {
    struct rnd_mark *items;
    uint32_t count, capacity;
};

void rnd_notes_close(struct rnd_notes *notes);

/* Adds what a text holds (what is malformed is left out), and what a lesson does.  Errors:
 * SIM_ENOMEM. */
int rnd_notes_read(struct rnd_notes *notes, const char *text, size_t length) SIM_MUST_CHECK;
int rnd_notes_add_lesson(struct rnd_notes *notes, const struct rnd_lesson *lesson) SIM_MUST_CHECK;

/* The text that keeps the own ones, "" if there are none; the caller frees it.  Errors: SIM_ENOMEM.
 */
int rnd_notes_write(const struct rnd_notes *notes, char **out) SIM_MUST_CHECK;

/* Finds the moments of all marks in a run, which may have grown, and puts them in order. */
void rnd_notes_place(struct rnd_notes *notes, const struct rnd_model *model);

/* Sets a mark; its index.  Errors: SIM_ENOMEM. */
int rnd_notes_add(struct rnd_notes *notes, const struct rnd_model *model, struct rnd_moment moment,
                  const char *name, uint32_t *index) SIM_MUST_CHECK;

/* Gives an own mark another name and note; with the name "" it is taken away.  Errors: SIM_ENOMEM.
 */
int rnd_notes_change(struct rnd_notes *notes, uint32_t index, const char *name,
                     const char *note) SIM_MUST_CHECK;

/* The mark at a moment (an own one first), RND_NEVER: none; the next after and the last before it.
 * `notes` may be NULL. */
uint32_t rnd_notes_at(const struct rnd_notes *notes, struct rnd_moment moment);
uint32_t rnd_notes_next(const struct rnd_notes *notes, struct rnd_moment moment);
uint32_t rnd_notes_previous(const struct rnd_notes *notes, struct rnd_moment moment);

#endif
