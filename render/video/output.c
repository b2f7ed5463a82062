#include "output.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char part[] = ".part";

int rnd_output_failed(const struct rnd_output *output, int reason, char *error, size_t error_size)
{
    (void)snprintf(error, error_size, "cannot write %s: %s", output->path, strerror(reason));
    return SIM_EIO;
}

/* Removes all files of a folder of ours, and the folder. */
static void remove_folder(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    while (folder && (entry = readdir(folder)))
        (void)unlinkat(dirfd(folder), entry->d_name, 0); /* of "." and ".." it only fails */
    if (folder)
        closedir(folder);
    (void)rmdir(path);
}

static void forget(struct rnd_output *output)
{
    free(output->path);
    free(output->beside);
    *output = (struct rnd_output){0};
}

/* The errno of making the place beside: 0 if it is there. */
static int make_beside(const struct rnd_output *output)
{
    if (output->folder) {
        remove_folder(output->beside); /* of a recording that was killed */
        return mkdir(output->beside, 0777) == 0 ? 0 : errno;
    }
    FILE *file = fopen(output->beside, "wb");
    return file && fclose(file) == 0 ? 0 : errno;
}

/* The errno for something at the path that must not be replaced. */
static int in_the_way(const struct rnd_output *output)
{
    struct stat status;
    if (stat(output->path, &status) < 0)
        return errno == ENOENT ? 0 : errno;
    if (!output->folder)
        return S_ISDIR(status.st_mode) ? EISDIR : S_ISREG(status.st_mode) ? 0 : ESPIPE;
    if (!S_ISDIR(status.st_mode))
        return ENOTDIR;
    DIR *folder = opendir(output->path);
    int entries = 0;
    while (folder && entries < 3 && readdir(folder))
        entries++;
    if (folder)
        closedir(folder);
    return entries > 2 ? ENOTEMPTY : 0;
}

int rnd_output_open(struct rnd_output *output, const char *path, bool folder, char *error,
                    size_t error_size)
{
    size_t length = strlen(path);
    while (folder && length > 1 && path[length - 1] == '/')
        length--;
    *output = (struct rnd_output){
        .path = strndup(path, length), .beside = malloc(length + sizeof part), .folder = folder};
    if (!output->path || !output->beside) {
        forget(output);
        (void)snprintf(error, error_size, "%s", sim_error_text(SIM_ENOMEM));
        return SIM_ENOMEM;
    }
    memcpy(output->beside, path, length);
    memcpy(output->beside + length, part, sizeof part);
    int reason = in_the_way(output);
    if (!reason)
        reason = make_beside(output);
    if (!reason)
        return SIM_OK;
    (void)rnd_output_failed(output, reason, error, error_size);
    forget(output);
    return SIM_EIO;
}

int rnd_output_keep(struct rnd_output *output, char *error, size_t error_size)
{
    if (rename(output->beside, output->path) != 0)
        return rnd_output_failed(output, errno, error, error_size);
    forget(output);
    return SIM_OK;
}

void rnd_output_discard(struct rnd_output *output)
{
    if (output->beside && output->folder)
        remove_folder(output->beside);
    else if (output->beside)
        (void)unlink(output->beside);
    forget(output);
}
