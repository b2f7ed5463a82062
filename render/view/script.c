#include "script.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than anybody reads in a window. */
#define TEXT_MAX_BYTES ((size_t)4 << 20)

/* The file's bytes, NUL-terminated; an empty text for what cannot be shown.  NULL: no memory. */
static char *read_text(const char *path, size_t *length)
{
    *length = 0;
    char *text = malloc(1);
    size_t capacity = 0;
    FILE *file = text ? fopen(path, "rb") : NULL;
    while (file && !ferror(file) && !feof(file) && *length <= TEXT_MAX_BYTES) {
        if (*length == capacity) {
            capacity = capacity ? capacity * 2 : 16384;
            char *larger = realloc(text, capacity + 1);
            if (!larger) {
                free(text);
                (void)fclose(file);
                return NULL;
            }
            text = larger;
        }
        *length += fread(text + *length, 1, capacity - *length, file);
    }
    if (file)
        (void)fclose(file);
    if (*length > TEXT_MAX_BYTES)
        *length = 0;
    if (text)
        text[*length] = '\0';
    return text;
}

/* Each tab becomes spaces up to the next column that it stands for, so that text can be measured
 * and cut anywhere. */
static int expand_tabs(struct rnd_script *script)
{
    enum { TAB_COLUMNS = 4 };
    size_t tabs = 0, used = 0, column = 0;
    for (size_t i = 0; i < script->length; i++)
        tabs += script->text[i] == '\t';
    char *text = tabs ? malloc(script->length + tabs * (TAB_COLUMNS - 1) + 1) : NULL;
    if (tabs && !text)
        return SIM_ENOMEM;
    for (size_t i = 0; text && i < script->length; i++) {
        char c = script->text[i];
        size_t count = c == '\t' ? TAB_COLUMNS - column % TAB_COLUMNS : 1;
        memset(text + used, c == '\t' ? ' ' : c, count);
        used += count;
        column = c == '\n' ? 0 : column + ((c & 0xc0) == 0x80 ? 0 : count);
    }
    if (text) {
        text[used] = '\0';
        free(script->text);
        script->text = text;
        script->length = used;
    }
    return 0;
}

static int cut_lines(struct rnd_script *script)
{
    uint32_t count = 1;
    for (size_t i = 0; i < script->length; i++)
        count += script->text[i] == '\n' && i + 1 < script->length;
    script->starts = calloc((size_t)count + 1, sizeof *script->starts);
    script->states = calloc(count, sizeof *script->states);
    if (!script->starts || !script->states)
        return SIM_ENOMEM;
    script->line_count = count;

    uint32_t line = 1;
    for (size_t i = 0; i < script->length; i++)
        if (script->text[i] == '\n' && line < count)
            script->starts[line++] = i + 1;
    script->starts[count] = script->length;

    rnd_lex_state state = 0;
    for (line = 1; line <= count; line++) {
        struct rnd_token token;
        size_t length;
        const char *bytes = rnd_script_line(script, line, &length);
        script->states[line - 1] = state;
        (void)rnd_highlight_line(bytes, length, &state, &token, 1);
    }
    return 0;
}

int rnd_script_open(struct rnd_script *script, const char *path)
{
    memset(script, 0, sizeof *script);
    size_t path_size = strlen(path) + 1;
    script->path = malloc(path_size);
    script->text = read_text(path, &script->length);
    int error = script->path && script->text ? 0 : SIM_ENOMEM;
    if (!error) {
        memcpy(script->path, path, path_size);
        error = expand_tabs(script);
    }
    if (!error)
        error = cut_lines(script);
    if (!error)
        error = rnd_lesson_parse(script->text, script->length, &script->lesson);
    if (error)
        rnd_script_close(script);
    return error;
}

void rnd_script_close(struct rnd_script *script)
{
    rnd_lesson_free(&script->lesson);
    free(script->path);
    free(script->text);
    free(script->starts);
    free(script->states);
    memset(script, 0, sizeof *script);
}

const char *rnd_script_line(const struct rnd_script *script, uint32_t line, size_t *length)
{
    assert(line > 0);
    if (line > script->line_count) {
        *length = 0;
        return "";
    }
    size_t begin = script->starts[line - 1], end = script->starts[line];
    while (end > begin && (script->text[end - 1] == '\n' || script->text[end - 1] == '\r'))
        end--;
    *length = end - begin;
    return script->text + begin;
}

const char *rnd_script_title(const struct rnd_script *script)
{
    if (script->lesson.title && *script->lesson.title)
        return script->lesson.title;
    const char *slash = strrchr(script->path, '/');
    return slash ? slash + 1 : script->path;
}
