/* What each lesson in C begins and ends with: a world, its trace, a loop; and how they talk. */
#ifndef LESSON_H
#define LESSON_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sim/coro.h"
#include "sim/task.h"
#include "sim/trace_file.h"

#define SECONDS(s) ((int64_t)((s)*1e9))

struct lesson {
    struct sim_alloc alloc;
    struct sim_trace_memory memory;
    struct sim_trace trace;
    struct sim_world world;
    struct sim_loop loop;
};

/* Opens a lesson whose source is `script`, as the window will look for it beside the trace. */
static inline int lesson_open(struct lesson *lesson, const char *script)
{
    sim_alloc_init(&lesson->alloc);
    int error = sim_trace_memory_reserve(&lesson->alloc, 1 << 20, 1 << 20, &lesson->memory);
    if (error < 0)
        return error;
    error = sim_trace_init(&lesson->trace, &lesson->memory, &lesson->alloc);
    if (error < 0)
        return error;
    sim_world_init(&lesson->world, &lesson->alloc, &lesson->trace, NULL, lesson);
    sim_loop_init(&lesson->loop, &lesson->world);
    SIM_PUT(&lesson->trace, RUN_BEGIN, 0, 0, 0, sim_trace_intern_z(&lesson->trace, script), 0);
    return 0;
}

/* Makes a task of a frame and gives up the reference: the loop keeps it while it is not done. */
static inline struct sim_task *lesson_task(struct lesson *lesson, struct sim_frame *frame,
                                           enum sim_flag_step (*body)(struct sim_frame *frame),
                                           const char *name)
{
    sim_frame_init(frame, body, NULL);
    return sim_task_new(&lesson->loop, &frame->coro, name);
}

/* Prints a line, and records it as the running task's. */
__attribute__((format(printf, 2, 3))) static inline void lesson_say(const struct sim_frame *frame,
                                                                    const char *format, ...)
{
    struct sim_world *world = sim_frame_loop(frame)->world;
    char line[256];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof line)
        return;
    printf("%4.1f s  %s\n", (double)world->now_ns / 1e9, line);
    line[length] = '\n';
    SIM_PUT(world->trace, OUTPUT, SIM_STREAM_STDOUT, 0, sim_frame_task(frame)->number,
            sim_trace_add_text(world->trace, line, (size_t)length + 1), 0);
}

static inline int lesson_write(void *file, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, file) == size ? 0 : SIM_EIO;
}

/* Saves what was recorded. */
static inline int lesson_save(struct lesson *lesson, const char *path)
{
    struct sim_trace_view view = sim_trace_view_of(&lesson->memory);
    FILE *file = fopen(path, "wb");
    int error = file ? sim_trace_save(&view, lesson_write, file) : SIM_EIO;
    if (file && fclose(file) != 0)
        error = SIM_EIO;
    return error;
}

/* Runs until `main` is done, saves the trace if the command line names a file, and closes all.
 * Returns the exit code. */
static inline int lesson_run(struct lesson *lesson, struct sim_task *main, int argc, char **argv)
{
    int error = main ? sim_loop_run_until(&lesson->loop, &main->future) : SIM_ENOMEM;
    SIM_PUT(&lesson->trace, RUN_END, error ? SIM_END_ERROR : SIM_END_OK, 0, 0, error < 0, 0);
    if (error == 0 && argc > 1)
        error = lesson_save(lesson, argv[1]);
    if (error < 0)
        fprintf(stderr, "%s: %s\n", argv[0], sim_error_text(error));
    if (main)
        sim_future_release(&main->future);
    sim_loop_fini(&lesson->loop);
    sim_trace_close(&lesson->trace);
    sim_trace_memory_free(&lesson->alloc, &lesson->memory);
    return error < 0;
}

#endif
