#include "field.h"

#include <string.h>

/* --- characters ------------------------------------------------------------------------------- */

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Bytes of the character that begins there, 0 for what is no UTF-8. */
static size_t character_bytes(const char *text)
{
    unsigned char first = (unsigned char)*text;
    size_t bytes = first < 0x80                    ? 1
                   : first >= 0xc2 && first < 0xe0 ? 2
                   : first >= 0xe0 && first < 0xf0 ? 3
                   : first >= 0xf0 && first < 0xf5 ? 4
                                                   : 0;
    for (size_t i = 1; i < bytes; i++)
        if (!continues(text[i]))
            return 0;
    return bytes;
}

static size_t next(const struct rnd_field *field, size_t at)
{
    if (field->text[at])
        do
            at++;
        while (continues(field->text[at]));
    return at;
}

static size_t previous(const struct rnd_field *field, size_t at)
{
    if (at > 0)
        do
            at--;
        while (continues(field->text[at]));
    return at;
}

static bool in_word(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '_' || (unsigned char)byte >= 0x80;
}

/* --- moving ----------------------------------------------------------------------------------- */

static size_t target(const struct rnd_field *field, enum rnd_field_move move)
{
    size_t at = field->cursor;
    switch (move) {
    case RND_FIELD_LEFT:
        return previous(field, at);
    case RND_FIELD_RIGHT:
        return next(field, at);
    case RND_FIELD_WORD_LEFT:
        while (at > 0 && !in_word(field->text[at - 1]))
            at = previous(field, at);
        while (at > 0 && in_word(field->text[at - 1]))
            at = previous(field, at);
        return at;
    case RND_FIELD_WORD_RIGHT:
        while (field->text[at] && !in_word(field->text[at]))
            at = next(field, at);
        while (field->text[at] && in_word(field->text[at]))
            at = next(field, at);
        return at;
    case RND_FIELD_START:
        return 0;
    case RND_FIELD_END:
    default:
        return strlen(field->text);
    }
}

static size_t low(const struct rnd_field *field)
{
    return field->cursor < field->anchor ? field->cursor : field->anchor;
}

static size_t high(const struct rnd_field *field)
{
    return field->cursor > field->anchor ? field->cursor : field->anchor;
}

void rnd_field_move(struct rnd_field *field, enum rnd_field_move move, bool extend)
{
    bool selected = field->cursor != field->anchor;
    if (selected && !extend && move == RND_FIELD_LEFT)
        field->cursor = low(field);
    else if (selected && !extend && move == RND_FIELD_RIGHT)
        field->cursor = high(field);
    else
        field->cursor = target(field, move);
    if (!extend)
        field->anchor = field->cursor;
}

void rnd_field_move_to(struct rnd_field *field, size_t at, bool extend)
{
    size_t length = strlen(field->text);
    at = at < length ? at : length;
    while (at > 0 && continues(field->text[at]))
        at--;
    field->cursor = at;
    if (!extend)
        field->anchor = at;
}

void rnd_field_select_all(struct rnd_field *field)
{
    field->anchor = 0;
    field->cursor = strlen(field->text);
}

/* --- changing --------------------------------------------------------------------------------- */

static void take_out(struct rnd_field *field)
{
    size_t from = low(field), to = high(field);
    memmove(field->text + from, field->text + to, strlen(field->text + to) + 1);
    field->cursor = field->anchor = from;
}

void rnd_field_insert(struct rnd_field *field, const char *text)
{
    take_out(field);
    size_t length = strlen(field->text);
    while (*text) {
        size_t bytes = character_bytes(text);
        const char *from = strchr("\t\n\r", *text) ? " " : text;
        if (bytes == 0 || (unsigned char)*from < ' ' || *from == 0x7f) {
            text++;
            continue;
        }
        if (length + bytes >= sizeof field->text)
            break;
        char *to = field->text + field->cursor;
        memmove(to + bytes, to, length - field->cursor + 1);
        memcpy(to, from, bytes);
        length += bytes;
        field->cursor += bytes;
        text += bytes;
    }
    field->anchor = field->cursor;
}

void rnd_field_erase(struct rnd_field *field, enum rnd_field_move move)
{
    if (field->cursor == field->anchor)
        field->anchor = target(field, move);
    take_out(field);
}

void rnd_field_set(struct rnd_field *field, const char *text)
{
    *field = (struct rnd_field){0};
    rnd_field_insert(field, text);
    rnd_field_select_all(field);
}

void rnd_field_selected(const struct rnd_field *field, char out[RND_FIELD_MAX])
{
    size_t from = low(field), bytes = high(field) - from;
    memcpy(out, field->text + from, bytes);
    out[bytes] = '\0';
}
