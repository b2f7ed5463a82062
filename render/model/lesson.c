#include "lesson.h"

#include <stdlib.h>
#include <string.h>

#include "highlight.h"
#include "index.h"

/* A stretch of the source, not NUL-terminated. */
struct slice {
    const char *at;
    size_t length;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
}

static struct slice trimmed(struct slice slice)
{
    while (slice.length > 0 && is_blank(slice.at[0])) {
        slice.at++;
        slice.length--;
    }
    while (slice.length > 0 && is_blank(slice.at[slice.length - 1]))
        slice.length--;
    return slice;
}

/* Cuts off what is before the first `mark` (all of it if there is none). */
static struct slice cut(struct slice *rest, const char *mark)
{
    size_t length = strlen(mark), i = 0;
    while (i + length <= rest->length && memcmp(rest->at + i, mark, length) != 0)
        i++;
    bool found = i + length <= rest->length;
    struct slice before = {rest->at, found ? i : rest->length};
    size_t taken = found ? i + length : rest->length;
    rest->at += taken;
    rest->length -= taken;
    return trimmed(before);
}

/* A copy that the lesson owns; NULL without memory. */
static char *copy(struct slice slice)
{
    char *text = malloc(slice.length + 1);
    if (!text)
        return NULL;
    memcpy(text, slice.at, slice.length);
    text[slice.length] = '\0';
    return text;
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* A decimal number at the head of `rest`, in no locale's way; false if there is none. */
static bool cut_number(struct slice *rest, double *out)
{
    double value = 0, unit = 1;
    size_t i = 0, digits = 0;
    bool negative = rest->length > 0 && rest->at[0] == '-', fraction = false;
    for (i = negative; i < rest->length; i++) {
        char c = rest->at[i];
        bool point = c == '.' && !fraction && !(i + 1 < rest->length && rest->at[i + 1] == '.');
        if (c >= '0' && c <= '9') {
            value = value * 10 + (c - '0');
            unit *= fraction ? 10 : 1;
            digits++;
        } else if (point) {
            fraction = true;
        } else if (c != '_') {
            break;
        }
    }
    rest->at += i;
    rest->length -= i;
    *rest = trimmed(*rest);
    *out = (negative ? -value : value) / unit;
    return digits > 0;
}

static bool skip(struct slice *rest, const char *word)
{
    size_t length = strlen(word);
    if (rest->length < length || memcmp(rest->at, word, length) != 0)
        return false;
    rest->at += length;
    rest->length -= length;
    *rest = trimmed(*rest);
    return true;
}

/* --- comments --------------------------------------------------------------------------------- */

enum { NOTE_KINDS = 5 };

/* What is being read. */
struct reader {
    struct rnd_lesson *lesson;
    uint32_t param_capacity;
    struct notes {
        const char *key;
        struct rnd_note **items;
        uint32_t *count, capacity;
        uint32_t pending; /* the last so many wait for a line of code */
    } notes[NOTE_KINDS];
    bool failed;
};

static char *owned(struct reader *reader, struct slice slice)
{
    char *text = copy(slice);
    reader->failed = reader->failed || !text;
    return text;
}

static void set_once(struct reader *reader, char **field, struct slice text)
{
    if (!*field)
        *field = owned(reader, text);
}

static bool is(struct slice slice, const char *word)
{
    return slice.length == strlen(word) && memcmp(slice.at, word, slice.length) == 0;
}

/* A comment of some kind; one that is alone on its line belongs to the next line of code. */
static void add_note(struct reader *reader, struct notes *notes, uint32_t line, bool alone,
                     struct slice text)
{
    if (!rnd_room(notes->items, *notes->count, &notes->capacity, 1, sizeof **notes->items)) {
        reader->failed = true;
        return;
    }
    (*notes->items)[(*notes->count)++] =
        (struct rnd_note){.line = line, .text = owned(reader, text)};
    notes->pending += alone;
}

/* `2.0` and `0.5..6.0 step 0.5 s`; false if it is not so. */
static bool read_number(struct reader *reader, struct rnd_param *param, struct slice code,
                        struct slice range)
{
    param->whole = !memchr(code.at, '.', code.length);
    if (!cut_number(&code, &param->own) || code.length > 0 || !cut_number(&range, &param->low) ||
        !skip(&range, "..") || !cut_number(&range, &param->high) || param->low > param->high)
        return false;
    if (skip(&range, "step") && !cut_number(&range, &param->step))
        return false;
    param->unit = owned(reader, range);
    return true;
}

/* `"gather"` and `serial | gather`; false if it is not so. */
static bool read_words(struct reader *reader, struct rnd_param *param, struct slice code,
                       struct slice range)
{
    bool quoted = code.length > 1 && (code.at[0] == '"' || code.at[0] == '\'') &&
                  code.at[code.length - 1] == code.at[0];
    struct slice own = quoted ? (struct slice){code.at + 1, code.length - 2} : code;
    char *words = owned(reader, range);
    size_t used = 0;
    bool found = false;
    for (param->high = -1; words && range.length > 0; param->high++) {
        struct slice word = cut(&range, "|");
        if (word.length == own.length && memcmp(word.at, own.at, own.length) == 0) {
            param->own = param->high + 1;
            found = true;
        }
        words[used] = '|';
        used += used > 0;
        memmove(words + used, word.at, word.length);
        used += word.length;
    }
    param->step = 1;
    if (!found || param->high < 1) {
        free(words);
        return false;
    }
    words[used] = '\0';
    param->words = words;
    param->unit = owned(reader, (struct slice){"", 0});
    return true;
}

/* `NAME = 2.0` and `0.5..6.0 step 0.5 s: how long`; false if it is not so. */
static bool read_param(struct reader *reader, struct rnd_param *param, struct slice code,
                       struct slice text)
{
    struct slice name = cut(&code, "="), range = cut(&text, ":");
    code = trimmed(code);
    bool words = memchr(range.at, '|', range.length) != NULL;
    if (name.length == 0 || !(words ? read_words : read_number)(reader, param, code, range))
        return false;
    param->value = param->own;
    param->name = owned(reader, name);
    param->about = owned(reader, trimmed(text));
    return true;
}

static void add_param(struct reader *reader, uint32_t line, struct slice code, struct slice text)
{
    struct rnd_lesson *lesson = reader->lesson;
    if (!rnd_room(&lesson->params, lesson->param_count, &reader->param_capacity, 1,
                  sizeof *lesson->params)) {
        reader->failed = true;
        return;
    }
    struct rnd_param *param = &lesson->params[lesson->param_count];
    *param = (struct rnd_param){.line = line};
    lesson->param_count += read_param(reader, param, code, text);
}

/* `WAY=serial | WAY=gather: what that shows`. */
static void set_compare(struct reader *reader, struct slice text)
{
    struct slice runs = cut(&text, ":");
    set_once(reader, &reader->lesson->compare, runs);
    set_once(reader, &reader->lesson->compared, trimmed(text));
}

static void read_comment(struct reader *reader, uint32_t line, struct slice code,
                         struct slice comment)
{
    struct rnd_lesson *lesson = reader->lesson;
    struct slice text = comment, key = cut(&text, ":");
    text = trimmed(text);
    if (is(key, "title"))
        set_once(reader, &lesson->title, text);
    else if (is(key, "about"))
        set_once(reader, &lesson->about, text);
    else if (is(key, "compare"))
        set_compare(reader, text);
    else if (is(key, "param"))
        add_param(reader, line, code, text);
    for (int i = 0; i < NOTE_KINDS; i++)
        if (is(key, reader->notes[i].key))
            add_note(reader, &reader->notes[i], line, code.length == 0, text);
}

/* What stood alone on the lines before belongs to this line of code. */
static void settle(struct reader *reader, uint32_t line)
{
    for (int i = 0; i < NOTE_KINDS; i++) {
        struct notes *notes = &reader->notes[i];
        for (; notes->pending > 0; notes->pending--)
            (*notes->items)[*notes->count - notes->pending].line = line;
    }
}

static void read_line(struct reader *reader, uint32_t line, struct slice text, rnd_lex_state *state)
{
    struct rnd_token tokens[256];
    uint32_t count = rnd_highlight_line(text.at, text.length, state, tokens, 256);
    struct slice code = trimmed(text), comment = {text.at, 0};
    if (count > 0 && tokens[count - 1].kind == RND_TOKEN_COMMENT) {
        uint32_t begin = tokens[count - 1].begin;
        code = trimmed((struct slice){text.at, begin});
        comment = (struct slice){text.at + begin + 1, text.length - begin - 1};
    }
    if (code.length > 0)
        settle(reader, line);
    if (comment.length > 0)
        read_comment(reader, line, code, comment);
}

int rnd_lesson_parse(const char *source, size_t length, struct rnd_lesson *out)
{
    *out = (struct rnd_lesson){0};
    struct reader reader = {.lesson = out,
                            .notes = {{"caption", &out->captions, &out->caption_count, 0, 0},
                                      {"marker", &out->markers, &out->marker_count, 0, 0},
                                      {"focus", &out->focuses, &out->focus_count, 0, 0},
                                      {"zoom", &out->zooms, &out->zoom_count, 0, 0},
                                      {"note", &out->callouts, &out->callout_count, 0, 0}}};
    rnd_lex_state state = 0;
    uint32_t line = 1;
    for (size_t at = 0; at < length && !reader.failed; line++) {
        const char *newline = memchr(source + at, '\n', length - at);
        size_t end = newline ? (size_t)(newline - source) : length;
        read_line(&reader, line, (struct slice){source + at, end - at}, &state);
        at = end + 1;
    }
    set_once(&reader, &out->title, (struct slice){"", 0});
    set_once(&reader, &out->about, (struct slice){"", 0});
    set_once(&reader, &out->compare, (struct slice){"", 0});
    set_once(&reader, &out->compared, (struct slice){"", 0});
    if (!reader.failed)
        return 0;
    rnd_lesson_free(out);
    return SIM_ENOMEM;
}

static void free_notes(struct rnd_note *notes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        free(notes[i].text);
    free(notes);
}

void rnd_lesson_free(struct rnd_lesson *lesson)
{
    for (uint32_t i = 0; i < lesson->param_count; i++) {
        free(lesson->params[i].name);
        free(lesson->params[i].words);
        free(lesson->params[i].unit);
        free(lesson->params[i].about);
    }
    free(lesson->params);
    free_notes(lesson->captions, lesson->caption_count);
    free_notes(lesson->markers, lesson->marker_count);
    free_notes(lesson->focuses, lesson->focus_count);
    free_notes(lesson->zooms, lesson->zoom_count);
    free_notes(lesson->callouts, lesson->callout_count);
    free(lesson->title);
    free(lesson->about);
    free(lesson->compare);
    free(lesson->compared);
    *lesson = (struct rnd_lesson){0};
}

static const char *find_note(const struct rnd_note *notes, uint32_t count, uint32_t line)
{
    for (uint32_t i = 0; i < count; i++)
        if (notes[i].line == line)
            return notes[i].text;
    return NULL;
}

const char *rnd_lesson_caption(const struct rnd_lesson *lesson, uint32_t line)
{
    return find_note(lesson->captions, lesson->caption_count, line);
}

const char *rnd_lesson_marker(const struct rnd_lesson *lesson, uint32_t line)
{
    return find_note(lesson->markers, lesson->marker_count, line);
}

bool rnd_lesson_set(struct rnd_lesson *lesson, const char *name, const char *text)
{
    for (uint32_t i = 0; i < lesson->param_count; i++)
        if (strcmp(lesson->params[i].name, name) == 0)
            return rnd_param_read(&lesson->params[i], text, &lesson->params[i].value);
    return false;
}
