#include "text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

struct rnd_text rnd_text_begin(char *out, size_t size)
{
    assert(size > 0);
    out[0] = '\0';
    return (struct rnd_text){.out = out, .size = size};
}

/* Length of the bytes without a character at their end that is cut off. */
static size_t whole(const char *bytes, size_t length)
{
    size_t tail = 0;
    while (tail < 3 && tail < length && ((unsigned char)bytes[length - 1 - tail] & 0xc0) == 0x80)
        tail++;
    if (tail == length)
        return length;
    unsigned char lead = (unsigned char)bytes[length - 1 - tail];
    size_t wanted = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    return wanted > tail ? length - 1 - tail : length;
}

void rnd_text_add(struct rnd_text *text, const char *bytes, size_t length)
{
    size_t left = text->size - 1 - text->used;
    if (length > left)
        length = whole(bytes, left);
    for (size_t i = 0; i < length; i++)
        text->out[text->used++] = (unsigned char)bytes[i] < ' ' ? ' ' : bytes[i];
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
