#include "prefs.h"

#include "folders.h"

#include <stdlib.h>
#include <string.h>

/* A setting does not need more; what is longer is no setting, but stays. */
#define KEY_MAX 64
#define VALUE_MAX 512

struct line {
    char *text;  /* owned; as it is in the file */
    char *value; /* owned; NULL: it is no setting, or a later one has its key */
    char key[KEY_MAX];
};

struct rnd_prefs {
    char path[RND_PATH_MAX];
    struct line *lines;
    size_t count, room;
    FILE *complaints;
    bool changed;
};

/* --- lines ------------------------------------------------------------------------------------ */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Takes a line apart; false if it is no setting. */
static bool parse(const char *text, char key[KEY_MAX], char value[VALUE_MAX])
{
    const char *equals = strchr(text, '='), *end = text + strlen(text);
    if (!equals)
        return false;
    const char *key_end = equals, *begin = equals + 1;
    while (is_blank(*text))
        text++;
    while (key_end > text && is_blank(key_end[-1]))
        key_end--;
    while (is_blank(*begin))
        begin++;
    while (end > begin && is_blank(end[-1]))
        end--;
    size_t key_length = (size_t)(key_end - text), length = (size_t)(end - begin);
    if (key_length == 0 || key_length >= KEY_MAX || length == 0 || length >= VALUE_MAX ||
        memchr(text, ' ', key_length))
        return false;
    (void)snprintf(key, KEY_MAX, "%.*s", (int)key_length, text);
    (void)snprintf(value, VALUE_MAX, "%.*s", (int)length, begin);
    return true;
}

static bool is_comment(const char *text)
{
    while (is_blank(*text))
        text++;
    return *text == '#' || *text == '\0';
}

static struct line *find(const struct rnd_prefs *prefs, const char *key)
{
    for (size_t i = prefs ? prefs->count : 0; i > 0; i--)
        if (prefs->lines[i - 1].value && strcmp(prefs->lines[i - 1].key, key) == 0)
            return &prefs->lines[i - 1];
    return NULL;
}

/* Appends a line; false if memory is out. */
static bool append(struct rnd_prefs *prefs, const char *text)
{
    if (prefs->count == prefs->room) {
        size_t room = prefs->room ? 2 * prefs->room : 32;
        struct line *lines = realloc(prefs->lines, room * sizeof *lines);
        if (!lines)
            return false;
        prefs->lines = lines;
        prefs->room = room;
    }
    char value[VALUE_MAX];
    struct line line = {.text = strdup(text)};
    if (parse(text, line.key, value) && !is_comment(text))
        line.value = strdup(value);
    if (!line.text)
        return false;
    prefs->lines[prefs->count++] = line;
    return true;
}

static bool read_lines(struct rnd_prefs *prefs, FILE *file)
{
    char *text = NULL;
    size_t room = 0;
    bool good = true;
    ssize_t length;
    while (good && (length = getline(&text, &room, file)) >= 0) {
        if (length > 0 && text[length - 1] == '\n')
            text[length - 1] = '\0';
        good = append(prefs, text);
        if (good && !prefs->lines[prefs->count - 1].value && !is_comment(text))
            fprintf(prefs->complaints, "awaitscope: %s:%zu: no \"key = value\": \"%.60s\"\n",
                    prefs->path, prefs->count, text);
    }
    free(text);
    return good;
}

/* --- files ------------------------------------------------------------------------------------ */

struct rnd_prefs *rnd_prefs_open(const char *path, FILE *complaints)
{
    struct rnd_prefs *prefs = calloc(1, sizeof *prefs);
    if (!prefs || strlen(path) >= sizeof prefs->path) {
        free(prefs);
        return NULL;
    }
    memcpy(prefs->path, path, strlen(path) + 1);
    prefs->complaints = complaints;
    FILE *file = fopen(path, "r");
    bool good = !file || read_lines(prefs, file);
    if (file)
        (void)fclose(file);
    if (good)
        return prefs;
    rnd_prefs_close(prefs);
    return NULL;
}

void rnd_prefs_close(struct rnd_prefs *prefs)
{
    for (size_t i = 0; prefs && i < prefs->count; i++) {
        free(prefs->lines[i].text);
        free(prefs->lines[i].value);
    }
    if (prefs)
        free(prefs->lines);
    free(prefs);
}

bool rnd_prefs_save(struct rnd_prefs *prefs)
{
    if (!prefs || !prefs->changed)
        return prefs != NULL;
    char *bytes = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&bytes, &length);
    for (size_t i = 0; file && i < prefs->count; i++)
        fprintf(file, "%s\n", prefs->lines[i].text);
    bool good = file && fclose(file) == 0 && rnd_folder_write(prefs->path, bytes, length);
    free(bytes);
    prefs->changed = !good;
    return good;
}

/* --- values ----------------------------------------------------------------------------------- */

const char *rnd_prefs_text(const struct rnd_prefs *prefs, const char *key)
{
    const struct line *line = find(prefs, key);
    return line ? line->value : NULL;
}

void rnd_prefs_complain(const struct rnd_prefs *prefs, const char *key, const char *why)
{
    const struct line *line = find(prefs, key);
    if (line)
        fprintf(prefs->complaints, "awaitscope: %s:%zu: %s: %s\n", prefs->path,
                (size_t)(line - prefs->lines) + 1, key, why);
}

bool rnd_prefs_number(const struct rnd_prefs *prefs, const char *key, double low, double high,
                      double *out)
{
    const char *text = rnd_prefs_text(prefs, key);
    char *end, why[96];
    if (!text)
        return false;
    double value = strtod(text, &end);
    if (*end || !(value >= low && value <= high)) {
        (void)snprintf(why, sizeof why, "\"%.24s\" is no number from %g to %g", text, low, high);
        rnd_prefs_complain(prefs, key, why);
        return false;
    }
    *out = value;
    return true;
}

int rnd_prefs_word(const struct rnd_prefs *prefs, const char *key, const char *const *words,
                   size_t count)
{
    const char *text = rnd_prefs_text(prefs, key);
    char why[256];
    if (!text)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], text) == 0)
            return (int)i;
    size_t length = (size_t)snprintf(why, sizeof why, "\"%.24s\" is none of", text);
    for (size_t i = 0; i < count && length < sizeof why; i++)
        length +=
            (size_t)snprintf(why + length, sizeof why - length, "%s %s", i ? "," : "", words[i]);
    rnd_prefs_complain(prefs, key, why);
    return -1;
}

void rnd_prefs_set(struct rnd_prefs *prefs, const char *key, const char *value)
{
    struct line *line = find(prefs, key);
    char text[KEY_MAX + VALUE_MAX + 4];
    if (!prefs || (line && strcmp(line->value, value) == 0))
        return;
    (void)snprintf(text, sizeof text, "%s = %s", key, value);
    if (!line) {
        prefs->changed |= append(prefs, text);
        return;
    }
    char *new_text = strdup(text), *new_value = strdup(value);
    if (!new_text || !new_value) {
        free(new_text);
        free(new_value);
        return;
    }
    free(line->text);
    free(line->value);
    line->text = new_text;
    line->value = new_value;
    prefs->changed = true;
}

void rnd_prefs_set_number(struct rnd_prefs *prefs, const char *key, double value)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%.6g", value);
    rnd_prefs_set(prefs, key, text);
}
