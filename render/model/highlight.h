/* Colours of Python source: cuts a line into tokens.
 *
 * Only a string in triple quotes and a backslash at the end of one reach over the end of a line:
 * that is the state to hand from each line to the next.
 */
#ifndef RND_HIGHLIGHT_H
#define RND_HIGHLIGHT_H

#include <stddef.h>
#include <stdint.h>

enum rnd_token_kind {
    RND_TOKEN_PLAIN,
    RND_TOKEN_KEYWORD,
    RND_TOKEN_STRING,
    RND_TOKEN_COMMENT,
    RND_TOKEN_NUMBER,
    RND_TOKEN_DEFINITION, /* the name after def or class */
    RND_TOKEN_DECORATOR,
    RND_TOKEN_BUILTIN /* print, range, self, ... */
};

struct rnd_token {
    uint32_t begin, length; /* bytes */
    uint8_t kind;           /* enum rnd_token_kind */
};

/* Where a line begins: 0 at the start of a file. */
typedef uint8_t rnd_lex_state;

/* Cuts one line (no newline in it) into tokens that touch each other and cover it all; what does
 * not fit in `max` is in the last one.  Returns how many, and sets *state for the next line. */
uint32_t rnd_highlight_line(const char *line, size_t length, rnd_lex_state *state,
                            struct rnd_token *out, uint32_t max);

#endif
