#define _XOPEN_SOURCE 700 /* realpath */
#include "notes_file.h"

#include "folders.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Longer ones are none of ours. */
#define NOTES_MAX (1 << 20)

static bool path_beside(const char *script, char out[RND_PATH_MAX])
{
    int length = snprintf(out, RND_PATH_MAX, "%s.notes", script);
    return length > 0 && length < RND_PATH_MAX;
}

/* Named after the script's whole path, so that no two share one. */
static bool path_in_data(const char *script, char out[RND_PATH_MAX])
{
    char name[RND_PATH_MAX];
    char *whole = realpath(script, NULL);
    int length = snprintf(name, sizeof name, "notes/%s.notes", whole ? whole + 1 : script);
    free(whole);
    if (length < 0 || length >= RND_PATH_MAX)
        return false;
    for (char *c = name + strlen("notes/"); *c; c++)
        *c = *c == '/' ? '%' : *c;
    return rnd_folder_path(RND_FOLDER_DATA, name, out);
}

/* Reads a file into the marks; false if there is none. */
static bool read_notes(struct rnd_notes *notes, const char *path, int *code)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    char *text = malloc(NOTES_MAX);
    size_t length = text ? fread(text, 1, NOTES_MAX, file) : 0;
    *code = text ? rnd_notes_read(notes, text, length) : SIM_ENOMEM;
    free(text);
    (void)fclose(file);
    return true;
}

int rnd_notes_load(struct rnd_notes *notes, const char *script)
{
    char path[RND_PATH_MAX];
    int code = 0;
    if (path_beside(script, path) && read_notes(notes, path, &code))
        return code;
    if (path_in_data(script, path))
        (void)read_notes(notes, path, &code);
    return code;
}

int rnd_notes_save(const struct rnd_notes *notes, const char *script)
{
    char beside[RND_PATH_MAX], data[RND_PATH_MAX], *text;
    bool has_beside = path_beside(script, beside), has_data = path_in_data(script, data);
    int code = rnd_notes_write(notes, &text);
    if (code)
        return code;
    if (!*text) {
        bool gone = !has_beside || unlink(beside) == 0 || errno == ENOENT;
        gone &= !has_data || unlink(data) == 0 || errno == ENOENT || errno == ENOTDIR;
        code = gone ? 0 : SIM_EIO;
    } else if (!has_beside || !rnd_folder_write(beside, text, strlen(text))) {
        code = has_data && rnd_folder_write(data, text, strlen(text)) ? 0 : SIM_EIO;
    }
    free(text);
    return code;
}
