/* Where files of ours are: by the XDG base directories, and beside the program. */
#ifndef RND_FOLDERS_H
#define RND_FOLDERS_H

#include <stdbool.h>
#include <stddef.h>

#define RND_PATH_MAX 4096

enum rnd_folder { RND_FOLDER_CONFIG, RND_FOLDER_STATE, RND_FOLDER_CACHE, RND_FOLDER_DATA };

/* The path of a file of ours there; false if there is no such place (no home) or it is too long. */
bool rnd_folder_path(enum rnd_folder folder, const char *name, char out[RND_PATH_MAX]);

/* Writes a file, or another one in its place, at once: it is as it was, or whole.  Makes the
 * folders that it is in.  False if that is not possible. */
bool rnd_folder_write(const char *path, const void *bytes, size_t length);

/* The folder of the lessons; false if there is none. */
bool rnd_folder_lessons(char out[RND_PATH_MAX]);

#endif
