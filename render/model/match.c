#include "match.h"

#include <string.h>

#define PATTERN_MAX (RND_MATCH_MAX / 4)
#define NO_MATCH (-1000000)

/* What a matched letter is worth, and how it stands. */
enum { LETTER = 8, FIRST = 16, WORD_BEGIN = 12, FOLLOWS = 14, SKIPPED = 1, SKIPPED_MOST = 6 };

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    return (small(c) >= 'a' && small(c) <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
}

static bool begins_word(const char *text, size_t at)
{
    return at == 0 || (is_letter(text[at]) && !is_letter(text[at - 1])) ||
           (text[at] >= 'A' && text[at] <= 'Z' && text[at - 1] >= 'a' && text[at - 1] <= 'z');
}

static int worth(const char *text, size_t at)
{
    return LETTER + (at == 0 ? FIRST : begins_word(text, at) ? WORD_BEGIN : 0);
}

/* The pattern without its blanks, in small letters; returns its length. */
static size_t take_pattern(const char *pattern, char out[PATTERN_MAX])
{
    size_t length = 0;
    for (; *pattern && length < PATTERN_MAX; pattern++)
        if (*pattern != ' ')
            out[length++] = small(*pattern);
    return length;
}

/* The best score of each letter of the pattern at each byte of the text, with the byte at which the
 * letter before it then is. */
struct table {
    int score[PATTERN_MAX][RND_MATCH_MAX];
    uint8_t from[PATTERN_MAX][RND_MATCH_MAX];
};

static void fill_row(struct table *table, size_t row, char letter, const char *text, size_t length)
{
    int best = NO_MATCH; /* of the row above, left of here, less what was skipped since */
    size_t best_at = 0;
    for (size_t at = 0; at < length; at++) {
        int before = row == 0 ? 0 : best;
        size_t from = best_at;
        if (row > 0 && at > 0 && table->score[row - 1][at - 1] + FOLLOWS >= before) {
            before = table->score[row - 1][at - 1] + FOLLOWS;
            from = at - 1;
        }
        bool fits = small(text[at]) == letter && before > NO_MATCH / 2;
        table->score[row][at] = fits ? before + worth(text, at) : NO_MATCH;
        table->from[row][at] = (uint8_t)from;
        if (row > 0 && table->score[row - 1][at] - SKIPPED_MOST >= best) {
            best = table->score[row - 1][at] - SKIPPED_MOST;
            best_at = at;
        }
    }
}

bool rnd_match(const char *pattern, const char *text, struct rnd_match *out)
{
    char letters[PATTERN_MAX];
    struct table table;
    size_t count = take_pattern(pattern, letters), length = strlen(text), end = 0;
    length = length < RND_MATCH_MAX ? length : RND_MATCH_MAX;
    if (count == 0) {
        *out = (struct rnd_match){0};
        return true;
    }
    for (size_t row = 0; row < count; row++)
        fill_row(&table, row, letters[row], text, length);
    int best = NO_MATCH;
    for (size_t at = 0; at < length; at++)
        if (table.score[count - 1][at] > best) {
            best = table.score[count - 1][at];
            end = at;
        }
    if (best <= NO_MATCH / 2)
        return false;
    *out = (struct rnd_match){.score = best - (int)(length / 8) * SKIPPED};
    for (size_t row = count, at = end; row-- > 0; at = table.from[row][at])
        out->marked[at / 8] |= (uint8_t)(1u << at % 8);
    return true;
}

const char *rnd_match_find(const char *text, size_t length, const char *pattern)
{
    size_t count = strlen(pattern);
    for (size_t at = 0; at + count <= length; at++) {
        size_t i = 0;
        while (i < count && small(text[at + i]) == small(pattern[i]))
            i++;
        if (i == count)
            return text + at;
    }
    return NULL;
}
