/* A line of text that somebody edits: with a cursor and a selection.
 *
 * Invariants: the text is whole UTF-8 characters without control characters, ends with NUL, and is
 * at most RND_FIELD_MAX - 1 bytes; cursor and anchor lie between characters.  What is between them
 * is selected.
 */
#ifndef RND_FIELD_H
#define RND_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#define RND_FIELD_MAX 512

struct rnd_field {
    char text[RND_FIELD_MAX];
    size_t cursor, anchor; /* bytes from the begin of `text` */
};

/* Where a cursor can go. */
enum rnd_field_move {
    RND_FIELD_LEFT,
    RND_FIELD_RIGHT,
    RND_FIELD_WORD_LEFT,
    RND_FIELD_WORD_RIGHT,
    RND_FIELD_START,
    RND_FIELD_END
};

/* Another text, all of it selected, so that typing replaces it; "" empties the field. */
void rnd_field_set(struct rnd_field *field, const char *text);

/* Puts a text in place of what is selected, as far as there is room; line ends and tabs come in as
 * spaces, other control characters and what is no UTF-8 not at all. */
void rnd_field_insert(struct rnd_field *field, const char *text);

/* Moves the cursor, or as `extend` says the selection's end.  A selection that is not extended
 * collapses to its edge. */
void rnd_field_move(struct rnd_field *field, enum rnd_field_move move, bool extend);

/* The same to a byte, or to the begin of the character that it is in. */
void rnd_field_move_to(struct rnd_field *field, size_t at, bool extend);

/* Takes out what is selected, or else what such a move would go over. */
void rnd_field_erase(struct rnd_field *field, enum rnd_field_move move);

void rnd_field_select_all(struct rnd_field *field);

/* Copies what is selected, "" if nothing is. */
void rnd_field_selected(const struct rnd_field *field, char out[RND_FIELD_MAX]);

#endif
