/* Writing text into a buffer that may be too small: private to render/model.
 *
 * Invariant: the buffer always holds a NUL-terminated string of whole UTF-8 characters.
 */
#ifndef RND_TEXT_H
#define RND_TEXT_H

#include <stddef.h>

struct rnd_text {
    char *out;
    size_t size; /* at least 1 */
    size_t used; /* bytes, without the NUL */
};

/* An empty text in a buffer. */
struct rnd_text rnd_text_begin(char *out, size_t size);
/* Appends bytes, a tab as a terminal's, no ANSI sequence, another control character as a space,
 * what is no UTF-8 as U+FFFD; text by printf's rules. */
void rnd_text_add(struct rnd_text *text, const char *bytes, size_t length);
__attribute__((format(printf, 2, 3))) void rnd_text_put(struct rnd_text *text, const char *format,
                                                        ...);

#endif
