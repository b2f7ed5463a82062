#define _XOPEN_SOURCE 700 /* realpath */
#include "recent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_NAME "recent"

/* Appends a path unless it is there already. */
static void append(struct rnd_recent *recent, const char *path)
{
    for (uint32_t i = 0; i < recent->count; i++)
        if (strcmp(recent->paths[i], path) == 0)
            return;
    if (recent->count < RND_RECENT_MAX && path[0] == '/' && strlen(path) < RND_PATH_MAX)
        (void)snprintf(recent->paths[recent->count++], RND_PATH_MAX, "%s", path);
}

void rnd_recent_read(struct rnd_recent *recent)
{
    char place[RND_PATH_MAX], line[RND_PATH_MAX + 1];
    recent->count = 0;
    FILE *file = rnd_folder_path(RND_FOLDER_STATE, FILE_NAME, place) ? fopen(place, "r") : NULL;
    if (!file)
        return;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        append(recent, line);
    }
    (void)fclose(file);
}

void rnd_recent_add(const char *path)
{
    char place[RND_PATH_MAX];
    char *absolute = realpath(path, NULL);
    struct rnd_recent *lists = calloc(2, sizeof *lists);
    char *text = malloc(sizeof lists->paths);
    if (absolute && !strchr(absolute, '\n') && lists && text &&
        rnd_folder_path(RND_FOLDER_STATE, FILE_NAME, place)) {
        size_t length = 0;
        rnd_recent_read(&lists[0]);
        append(&lists[1], absolute);
        for (uint32_t i = 0; i < lists[0].count; i++)
            append(&lists[1], lists[0].paths[i]);
        for (uint32_t i = 0; i < lists[1].count; i++)
            length += (size_t)sprintf(text + length, "%s\n", lists[1].paths[i]);
        /* A list that cannot be kept is missed only when files are opened. */
        (void)rnd_folder_write(place, text, length);
    }
    free(text);
    free(lists);
    free(absolute);
}
