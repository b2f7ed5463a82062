#include "text.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

void sim_text_put(struct sim_text *text, const char *format, ...)
{
    va_list args;
    bool room = text->length < text->size;
    va_start(args, format);
    int n = vsnprintf(room ? text->at + text->length : NULL, room ? text->size - text->length : 0,
                      format, args);
    va_end(args);
    text->length += n > 0 ? (size_t)n : 0;
}
