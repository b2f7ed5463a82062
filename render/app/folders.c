#include "folders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fits(int length)
{
    return length >= 0 && length < RND_PATH_MAX;
}

bool rnd_folder_path(enum rnd_folder folder, const char *name, char out[RND_PATH_MAX])
{
    static const struct {
        const char *variable, *otherwise;
    } places[] = {[RND_FOLDER_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
                  [RND_FOLDER_STATE] = {"XDG_STATE_HOME", ".local/state"},
                  [RND_FOLDER_CACHE] = {"XDG_CACHE_HOME", ".cache"},
                  [RND_FOLDER_DATA] = {"XDG_DATA_HOME", ".local/share"}};
    const char *base = getenv(places[folder].variable), *home = getenv("HOME");
    /* One that is not absolute is to be ignored. */
    if (base && base[0] == '/')
        return fits(snprintf(out, RND_PATH_MAX, "%s/awaitscope/%s", base, name));
    return home && *home &&
           fits(snprintf(out, RND_PATH_MAX, "%s/%s/awaitscope/%s", home, places[folder].otherwise,
                         name));
}

/* Makes the folders that a path names before its last slash. */
static void make_folders(const char *path)
{
    char folder[RND_PATH_MAX];
    for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        size_t length = (size_t)(slash - path);
        if (length >= sizeof folder)
            return;
        memcpy(folder, path, length);
        folder[length] = '\0';
        (void)mkdir(folder, 0700);
    }
}

/* Not by rnd_replace_file: windows that are closed together write at the same time, each needs a
 * file of its own beside. */
bool rnd_folder_write(const char *path, const void *bytes, size_t length)
{
    char beside[RND_PATH_MAX];
    if (!fits(snprintf(beside, sizeof beside, "%s.%ld", path, (long)getpid())))
        return false;
    make_folders(path);
    FILE *file = fopen(beside, "wb");
    if (!file)
        return false;
    bool written = fwrite(bytes, 1, length, file) == length;
    written &= fclose(file) == 0;
    if (written && rename(beside, path) == 0)
        return true;
    (void)unlink(beside);
    return false;
}

bool rnd_folder_lessons(char out[RND_PATH_MAX])
{
    char self[RND_PATH_MAX];
    struct stat status;
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0)
        return false;
    self[length] = '\0';
    *strrchr(self, '/') = '\0';
    return fits(snprintf(out, RND_PATH_MAX, "%s/../share/awaitscope/lessons", self)) &&
           stat(out, &status) == 0 && S_ISDIR(status.st_mode);
}
