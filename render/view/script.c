#define _XOPEN_SOURCE 700 /* realpath */
#include "script.h"

#include <assert.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* More than anybody reads in a window. */
#define TEXT_MAX_BYTES ((size_t)4 << 20)

/* So few lines may be cut for the others to be no wider than they are. */
#define FEW_LINES 1

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
static int expand_tabs(struct rnd_script_file *file)
{
    enum { TAB_COLUMNS = 4 };
    size_t tabs = 0, used = 0, column = 0;
    for (size_t i = 0; i < file->length; i++)
        tabs += file->text[i] == '\t';
    char *text = tabs ? malloc(file->length + tabs * (TAB_COLUMNS - 1) + 1) : NULL;
    if (tabs && !text)
        return SIM_ENOMEM;
    for (size_t i = 0; text && i < file->length; i++) {
        char c = file->text[i];
        size_t count = c == '\t' ? TAB_COLUMNS - column % TAB_COLUMNS : 1;
        memset(text + used, c == '\t' ? ' ' : c, count);
        used += count;
        column = c == '\n' ? 0 : column + ((c & 0xc0) == 0x80 ? 0 : count);
    }
    if (text) {
        text[used] = '\0';
        free(file->text);
        file->text = text;
        file->length = used;
    }
    return 0;
}

static const char *line_of(const struct rnd_script_file *file, uint32_t line, size_t *length)
{
    size_t begin = file->starts[line - 1], end = file->starts[line];
    while (end > begin && (file->text[end - 1] == '\n' || file->text[end - 1] == '\r'))
        end--;
    *length = end - begin;
    return file->text + begin;
}

/* A comment that tells the window what it shows elsewhere. */
static bool is_note(const char *text, size_t length)
{
    static const char *const notes[] = {
        "# title:", "# about:", "# compare:", "# caption:", "# marker:",
        "# param:", "# focus:", "# zoom:",    "# note:"};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (length >= strlen(notes[i]) && memcmp(text, notes[i], strlen(notes[i])) == 0)
            return true;
    return false;
}

/* How much of a line is left without such a comment at its end, and blanks before that; `lex`
 * becomes the state of the next line. */
static size_t code_length(const char *text, size_t length, rnd_lex_state *lex)
{
    struct rnd_token tokens[RND_SCRIPT_TOKENS_MAX];
    uint32_t count = rnd_highlight_line(text, length, lex, tokens, RND_SCRIPT_TOKENS_MAX);
    const struct rnd_token *last = count > 0 ? &tokens[count - 1] : NULL;
    if (!last || last->kind != RND_TOKEN_COMMENT || !is_note(text + last->begin, last->length))
        return length;
    size_t code = last->begin;
    while (code > 0 && (text[code - 1] == ' ' || text[code - 1] == '\t'))
        code--;
    return code;
}

static uint32_t columns_of(const char *text, size_t length)
{
    uint32_t columns = 0;
    for (size_t i = 0; i < length; i++)
        columns += ((unsigned char)text[i] & 0xc0) != 0x80;
    return columns;
}

static int cut_lines(struct rnd_script_file *file)
{
    uint32_t count = 1;
    for (size_t i = 0; i < file->length; i++)
        count += file->text[i] == '\n' && i + 1 < file->length;
    file->starts = calloc((size_t)count + 1, sizeof *file->starts);
    file->states = calloc(count, sizeof *file->states);
    file->shown = calloc(count, sizeof *file->shown);
    file->columns = calloc(count, sizeof *file->columns);
    if (!file->starts || !file->states || !file->shown || !file->columns)
        return SIM_ENOMEM;
    file->line_count = count;

    uint32_t line = 1;
    for (size_t i = 0; i < file->length; i++)
        if (file->text[i] == '\n' && line < count)
            file->starts[line++] = i + 1;
    file->starts[count] = file->length;

    rnd_lex_state state = 0;
    for (line = 1; line <= count; line++) {
        size_t length;
        const char *bytes = line_of(file, line, &length);
        file->states[line - 1] = state;
        size_t code = code_length(bytes, length, &state);
        if (code == 0 && length > 0)
            continue;
        file->columns[file->row_count] = columns_of(bytes, code);
        file->shown[file->row_count++] = line;
    }
    return 0;
}

/* --- files ------------------------------------------------------------------------------------ */

static char *copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copied = malloc(size);
    return copied ? memcpy(copied, text, size) : NULL;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* When a file was saved last, 0: it is not there. */
static int64_t saved_ns(const char *path)
{
    struct stat status;
    if (stat(path, &status))
        return 0;
    return (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
}

static void close_file(struct rnd_script_file *file)
{
    free(file->path);
    free(file->name);
    free(file->text);
    free(file->starts);
    free(file->states);
    free(file->shown);
    free(file->columns);
}

/* Appends a file; of an empty path nothing is read. */
static int add_file(struct rnd_script *script, const char *path, const char *name)
{
    struct rnd_script_file file = {0};
    struct rnd_script_file *files =
        realloc(script->files, (script->file_count + (size_t)1) * sizeof *files);
    if (!files)
        return SIM_ENOMEM;
    script->files = files;
    file.path = copy(path);
    file.name = copy(name);
    file.saved_ns = saved_ns(path);
    file.text = read_text(path, &file.length);
    int error = file.path && file.name && file.text ? expand_tabs(&file) : SIM_ENOMEM;
    if (!error)
        error = cut_lines(&file);
    if (error)
        close_file(&file);
    else
        script->files[script->file_count++] = file;
    return error;
}

int rnd_script_open(struct rnd_script *script, const char *path)
{
    memset(script, 0, sizeof *script);
    int error = add_file(script, path, last_part(path));
    if (!error)
        error = rnd_lesson_parse(script->files[0].text, script->files[0].length, &script->lesson);
    if (error)
        rnd_script_close(script);
    return error;
}

void rnd_script_close(struct rnd_script *script)
{
    rnd_lesson_free(&script->lesson);
    for (uint32_t i = 0; i < script->file_count; i++)
        close_file(&script->files[i]);
    free(script->files);
    memset(script, 0, sizeof *script);
}

/* --- modules ---------------------------------------------------------------------------------- */

/* Whether a name leads to a file below a folder, as it is written. */
static bool stays_below(const char *name)
{
    for (const char *at = strstr(name, ".."); at; at = strstr(at + 1, ".."))
        if ((at == name || at[-1] == '/') && (at[2] == '/' || at[2] == '\0'))
            return false;
    return *name && *name != '/';
}

/* Where a module of a script is: "" if it is nowhere. */
static void find_module(const struct rnd_script *script, const char *name, char out[PATH_MAX])
{
    char real[PATH_MAX];
    struct stat status;
    out[0] = '\0';
    if (!stays_below(name) || !realpath(script->files[0].path, real))
        return;
    int folder = (int)(last_part(real) - real);
    int length = snprintf(out, PATH_MAX, "%.*s%s", folder, real, name);
    if (length >= PATH_MAX || stat(out, &status) || !S_ISREG(status.st_mode))
        out[0] = '\0';
}

int rnd_script_update(struct rnd_script *script, const struct rnd_model *model)
{
    while (script->file_count < model->file_count && script->file_count < RND_SCRIPT_FILES_MAX) {
        char path[PATH_MAX];
        const char *name = rnd_model_text(model, model->files[script->file_count].name, NULL);
        find_module(script, name, path);
        int error = add_file(script, path, name);
        if (error)
            return error;
    }
    return 0;
}

bool rnd_script_is_stale(const struct rnd_script *script)
{
    for (uint32_t i = 0; i < script->file_count; i++)
        if (saved_ns(script->files[i].path) != script->files[i].saved_ns)
            return true;
    return false;
}

/* --- what is in them -------------------------------------------------------------------------- */

uint32_t rnd_script_lines(const struct rnd_script *script, uint32_t file)
{
    return file < script->file_count ? script->files[file].line_count : 0;
}

const char *rnd_script_line(const struct rnd_script *script, uint32_t file, uint32_t line,
                            size_t *length)
{
    assert(line > 0);
    if (line > rnd_script_lines(script, file)) {
        *length = 0;
        return "";
    }
    return line_of(&script->files[file], line, length);
}

const char *rnd_script_code(const struct rnd_script *script, uint32_t file, uint32_t line,
                            size_t *length)
{
    const char *text = rnd_script_line(script, file, line, length);
    if (*length == 0)
        return text;
    rnd_lex_state lex = script->files[file].states[line - 1];
    *length = code_length(text, *length, &lex);
    return text;
}

uint32_t rnd_script_rows(const struct rnd_script *script, uint32_t file)
{
    return file < script->file_count ? script->files[file].row_count : 0;
}

uint32_t rnd_script_line_of(const struct rnd_script *script, uint32_t file, uint32_t row)
{
    return row < rnd_script_rows(script, file) ? script->files[file].shown[row] : 0;
}

uint32_t rnd_script_row_of(const struct rnd_script *script, uint32_t file, uint32_t line)
{
    uint32_t low = 0, high = rnd_script_rows(script, file);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (script->files[file].shown[middle] < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t rnd_script_columns(const struct rnd_script *script, uint32_t most)
{
    const struct rnd_script_file *file = &script->files[0];
    uint32_t columns = 0, longer = 0;
    for (uint32_t row = 0; row < file->row_count; row++) {
        longer += file->columns[row] > most;
        if (file->columns[row] > columns && file->columns[row] <= most)
            columns = file->columns[row];
    }
    return longer > FEW_LINES ? most : columns;
}

const char *rnd_script_title(const struct rnd_script *script)
{
    bool has_title = script->lesson.title && *script->lesson.title;
    return has_title ? script->lesson.title : script->files[0].name;
}
