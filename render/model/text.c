#include "text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct rnd_text rnd_text_begin(char *out, size_t size)
{
    assert(size > 0);
    out[0] = '\0';
    return (struct rnd_text){.out = out, .size = size};
}

/* Length of the UTF-8 character at `bytes`, of which there are `left` > 0; 0 if it is none. */
static size_t character(const unsigned char *bytes, size_t left)
{
    unsigned char lead = bytes[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (lead > 0xf4 || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    /* Longer than it need be, half of a pair, or beyond the last one. */
    if ((lead == 0xe0 && bytes[1] < 0xa0) || (lead == 0xed && bytes[1] > 0x9f) ||
        (lead == 0xf0 && bytes[1] < 0x90) || (lead == 0xf4 && bytes[1] > 0x8f))
        return 0;
    return length;
}

/* Spaces up to the next column that a terminal's tab goes to. */
static void add_tab(struct rnd_text *text)
{
    size_t column = 0, room = text->size - 1 - text->used;
    for (size_t i = 0; i < text->used; i++)
        column += (text->out[i] & 0xc0) != 0x80;
    size_t count = 8 - column % 8;
    count = count < room ? count : room;
    memset(text->out + text->used, ' ', count);
    text->used += count;
}

/* Length of the ANSI sequence that begins there (colours, cursor movements, titles), 0: none. */
static size_t ansi_sequence(const char *bytes, size_t left)
{
    size_t i = 2;
    if (left < 2 || bytes[0] != '\x1b')
        return 0;
    if (bytes[1] == '[') {
        while (i < left && (unsigned char)bytes[i] >= 0x20 && (unsigned char)bytes[i] < 0x40)
            i++;
        return i < left ? i + 1 : i;
    }
    if (bytes[1] == ']') {
        while (i < left && bytes[i] != '\a' && bytes[i] != '\x1b')
            i++;
        return i < left && bytes[i] == '\a' ? i + 1 : i;
    }
    return (unsigned char)bytes[1] >= 0x20 && (unsigned char)bytes[1] < 0x7f ? 2 : 0;
}

void rnd_text_add(struct rnd_text *text, const char *bytes, size_t length)
{
    static const char unknown[] = "\xef\xbf\xbd";
    for (size_t i = 0; i < length;) {
        if (bytes[i] == '\t') {
            add_tab(text);
            i++;
            continue;
        }
        size_t skipped = ansi_sequence(bytes + i, length - i);
        if (skipped) {
            i += skipped;
            continue;
        }
        size_t size = character((const unsigned char *)bytes + i, length - i);
        bool control = (unsigned char)bytes[i] < ' ' || bytes[i] == 0x7f;
        const char *shown = control ? " " : size > 0 ? bytes + i : unknown;
        size_t shown_size = size > 0 ? size : sizeof unknown - 1;
        if (shown_size > text->size - 1 - text->used)
            break;
        memcpy(text->out + text->used, shown, shown_size);
        text->used += shown_size;
        i += size > 0 ? size : 1;
    }
    text->out[text->used] = '\0';
}

void rnd_text_put(struct rnd_text *text, const char *format, ...)
{
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length > 0)
        rnd_text_add(text, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
}
