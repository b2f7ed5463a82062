#include "saved.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/trace_file.h"

bool scn_saved_is(const char *path)
{
    unsigned char head[SIM_TRACE_FILE_HEAD];
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return false; /* looking into a pipe would take from it */
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    size_t size = fread(head, 1, sizeof head, file);
    (void)fclose(file);
    return sim_trace_file_is(head, size);
}

/* --- reading ---------------------------------------------------------------------------------- */

static int commit(struct sim_alloc *alloc, void *region, size_t size)
{
    size_t chunks = (size + SIM_TRACE_CHUNK - 1) / SIM_TRACE_CHUNK;
    return chunks ? sim_alloc_commit(alloc, region, chunks * SIM_TRACE_CHUNK) : 0;
}

static int read_body(FILE *file, const struct sim_trace_file *head, struct sim_alloc *alloc,
                     struct sim_trace_memory *memory, struct sim_trace_view *view)
{
    size_t event_bytes = head->event_count * sizeof(struct sim_event);
    int error = sim_trace_memory_reserve(alloc, head->event_count, head->text_bytes, memory);
    if (error < 0)
        return error;
    error = commit(alloc, memory->events, event_bytes);
    if (error == 0)
        error = commit(alloc, memory->text, head->text_bytes);
    if (error == 0 && (fread(memory->events, 1, event_bytes, file) != event_bytes ||
                       fread(memory->text, 1, head->text_bytes, file) != head->text_bytes))
        error = SIM_EIO;
    *view = (struct sim_trace_view){.events = memory->events,
                                    .count = head->event_count,
                                    .text = memory->text,
                                    .text_bytes = head->text_bytes};
    if (error == 0 && sim_trace_hash(view) != head->hash)
        error = SIM_EINVAL;
    if (error < 0)
        sim_trace_memory_free(alloc, memory);
    return error;
}

/* The head, checked against the size of the file. */
static int read_head(FILE *file, struct sim_trace_file *head)
{
    unsigned char bytes[SIM_TRACE_FILE_HEAD];
    struct stat status;
    if (fread(bytes, sizeof bytes, 1, file) != 1 || fstat(fileno(file), &status) != 0)
        return SIM_EINVAL;
    int error = sim_trace_file_head(bytes, head);
    if (error < 0)
        return error;
    uint64_t rest = (uint64_t)status.st_size - sizeof bytes;
    if (head->text_bytes > rest ||
        head->event_count != (rest - head->text_bytes) / sizeof(struct sim_event) ||
        (rest - head->text_bytes) % sizeof(struct sim_event) != 0)
        return SIM_EINVAL;
    return 0;
}

int scn_saved_read(const char *path, struct sim_alloc *alloc, struct sim_trace_memory *memory,
                   struct sim_trace_view *view, char *error, size_t error_size)
{
    struct sim_trace_file head;
    FILE *file = fopen(path, "rb");
    int code = file ? read_head(file, &head) : SIM_EIO;
    if (code == 0)
        code = read_body(file, &head, alloc, memory, view);
    int reason = errno;
    if (file)
        (void)fclose(file);
    if (code < 0)
        snprintf(error, error_size, "cannot open the trace '%s': %s", path,
                 code == SIM_EINVAL ? "it is damaged: save it again"
                 : code == SIM_EIO  ? strerror(reason)
                                    : sim_error_text(code));
    return code;
}

bool scn_saved_script(const char *path, const struct sim_trace_view *view, char *out, size_t size)
{
    const char *slash = strrchr(path, '/'), *script = "";
    if (view->count > 0 && view->events[0].kind == SIM_EV_RUN_BEGIN)
        script = sim_trace_text(view, view->events[0].a, NULL);
    int folder = script[0] == '/' || !slash ? 0 : (int)(slash - path + 1);
    int length = snprintf(out, size, "%.*s%s", folder, path, script);
    errno = ENAMETOOLONG;
    return length >= 0 && (size_t)length < size;
}

/* --- writing ---------------------------------------------------------------------------------- */

static int write_bytes(void *user, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, user) == size ? 0 : SIM_EIO;
}

int scn_saved_write(const char *path, const struct sim_trace_view *view, char *error,
                    size_t error_size)
{
    char beside[PATH_MAX];
    errno = ENAMETOOLONG;
    int length = snprintf(beside, sizeof beside, "%s.part", path);
    bool fits = length > 0 && (size_t)length < sizeof beside;
    FILE *file = fits ? fopen(beside, "wb") : NULL;
    int code = file ? sim_trace_save(view, write_bytes, file) : SIM_EIO;
    if (file && fclose(file) != 0)
        code = SIM_EIO;
    if (code == 0 && rename(beside, path) != 0)
        code = SIM_EIO;
    if (code < 0) {
        snprintf(error, error_size, "cannot write '%s': %s", path, strerror(errno));
        if (file)
            unlink(beside);
    }
    return code;
}
