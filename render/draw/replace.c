#include "replace.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int write_file(const char *path, rnd_replace_write write, void *context)
{
    errno = 0;
    FILE *file = fopen(path, "wb");
    int error = file ? write(file, context) : SIM_EIO;
    if (file && ferror(file) && error == SIM_OK)
        error = SIM_EIO;
    if (file && fclose(file) != 0 && error == SIM_OK)
        error = SIM_EIO;
    return error;
}

static int write_beside(const char *path, rnd_replace_write write, void *context)
{
    static const char suffix[] = ".part";
    size_t length = strlen(path);
    char *beside = malloc(length + sizeof suffix);
    if (beside == NULL)
        return SIM_ENOMEM;
    memcpy(beside, path, length);
    memcpy(beside + length, suffix, sizeof suffix);
    int error = write_file(beside, write, context);
    if (error == SIM_OK && rename(beside, path) != 0)
        error = SIM_EIO;
    if (error < 0) {
        int reason = errno;
        unlink(beside);
        errno = reason;
    }
    free(beside);
    return error;
}

/* A device or a pipe, say, which must not be replaced by a file. */
static bool is_special(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

int rnd_replace_file(const char *path, rnd_replace_write write, void *context, char *why,
                     size_t why_bytes)
{
    int error =
        is_special(path) ? write_file(path, write, context) : write_beside(path, write, context);
    if (error < 0)
        snprintf(why, why_bytes, "cannot write %s: %s", path,
                 error == SIM_EIO && errno ? strerror(errno) : sim_error_text(error));
    return error;
}
