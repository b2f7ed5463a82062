/* Fuzzy matching: whether the letters of a pattern stand in a text in that order, and how well.
 *
 * Small and capital ASCII letters are the same; blanks of the pattern are passed over.  A match is
 * the better the more of its letters begin words or follow each other, and the shorter the text.
 */
#ifndef RND_MATCH_H
#define RND_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of longer texts, only so many bytes are looked at; of patterns a quarter of it. */
#define RND_MATCH_MAX 256

struct rnd_match {
    int score;                         /* greater is better */
    uint8_t marked[RND_MATCH_MAX / 8]; /* a bit for each byte of the text that was matched */
};

/* False if the text does not match; `out` is then as it was.  The empty pattern matches all texts
 * equally well. */
bool rnd_match(const char *pattern, const char *text, struct rnd_match *out);

/* Whether a byte of the text was matched. */
static inline bool rnd_match_marks(const uint8_t marked[RND_MATCH_MAX / 8], size_t byte)
{
    return byte < RND_MATCH_MAX && (marked[byte / 8] >> byte % 8 & 1);
}

/* Where `pattern` stands in `text` as it is but for small and capital ASCII letters; NULL: it does
 * not. */
const char *rnd_match_find(const char *text, size_t length, const char *pattern);

#endif
