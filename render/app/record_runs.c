/* Recordings: the run, or the runs that are compared, and what of them is called by a name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "place.h"
#include "record_private.h"

/* --- what there is ---------------------------------------------------------------------------- */

/* Of one script its title, of several all of theirs. */
static void write_title(struct rnd_recording *r)
{
    size_t used = 0;
    for (uint32_t i = 0; i < r->subject_count && used < sizeof r->title; i++) {
        const char *title = rnd_script_title(&r->subjects[i]->script);
        bool again = false;
        for (uint32_t k = 0; k < i; k++)
            again |= strcmp(rnd_script_title(&r->subjects[k]->script), title) == 0;
        int length = again ? 0
                           : snprintf(r->title + used, sizeof r->title - used, "%s%s",
                                      used ? " · " : "", title);
        used += length > 0 ? (size_t)length : 0;
    }
}

int rnd_recording_open_runs(struct rnd_recording *r)
{
    write_title(r);
    r->model = r->subjects[0]->model;
    if (!rnd_recording_compares(r))
        return SIM_OK;
    int code = rnd_compare_subjects(r->subjects, r->subject_count, &r->compare);
    if (code == SIM_OK)
        code = rnd_compare_merge(&r->compare);
    if (code < 0)
        return code;
    rnd_compare_words(&r->compare, r->words);
    r->model = &r->compare.merged.model;
    return SIM_OK;
}

void rnd_recording_cue_runs(const struct rnd_recording *r, struct rnd_cue_runs *out)
{
    *out = (struct rnd_cue_runs){.merged = &r->compare.merged, .end = r->words};
    for (uint32_t i = 0; i < r->subject_count; i++) {
        out->lessons[i] = &r->subjects[i]->script.lesson;
        out->titles[i] = r->compare.runs[i].title;
    }
}

/* The moment of all at a moment of a run. */
static struct rnd_moment moment_of(const struct rnd_recording *r, uint32_t run,
                                   struct rnd_moment moment)
{
    return rnd_recording_compares(r) ? rnd_merged_of(&r->compare.merged, run, moment) : moment;
}

/* --- places ----------------------------------------------------------------------------------- */

/* In the first run that has it; where none has, the longest says why. */
int rnd_recording_find_place(const struct rnd_recording *r, const char *name,
                             struct rnd_moment *out)
{
    int64_t longest_ns = -1;
    char error[512];
    for (uint32_t i = 0; i < r->subject_count; i++) {
        const struct rnd_subject *subject = r->subjects[i];
        if (rnd_place_find(subject->model, &subject->script.lesson, name, out, error,
                           sizeof error) == SIM_OK) {
            *out = moment_of(r, i, *out);
            return SIM_OK;
        }
        if (subject->model->end_ns > longest_ns)
            (void)snprintf(r->error, r->error_size, "%s", error);
        longest_ns = subject->model->end_ns > longest_ns ? subject->model->end_ns : longest_ns;
    }
    return SIM_EINVAL;
}

/* --- chapters --------------------------------------------------------------------------------- */

static int by_frame(const void *a, const void *b)
{
    int64_t x = ((const struct rnd_named_chapter *)a)->frame;
    int64_t y = ((const struct rnd_named_chapter *)b)->frame;
    return (x > y) - (x < y);
}

/* A chapter for a marker that a run comes to in what is shown. */
static void add_chapter(struct rnd_recording *r, uint32_t run, uint32_t marker)
{
    const struct rnd_model *model = r->subjects[run]->model;
    const struct rnd_lesson *lesson = &r->subjects[run]->script.lesson;
    uint32_t cursor = rnd_place_marker(model, lesson, marker);
    if (cursor == RND_NEVER)
        return;
    struct rnd_moment moment = moment_of(r, run, rnd_model_moment(model, cursor));
    if (moment.cursor < r->from.cursor || moment.cursor > r->to.cursor)
        return;
    bool several = rnd_recording_compares(r);
    struct rnd_named_chapter *chapter = &r->named[r->chapter_count++];
    chapter->frame = rnd_film_frame_at(r->fps, rnd_pace_time(&r->pace, moment));
    (void)snprintf(chapter->title, sizeof chapter->title, "%s%s%s",
                   several ? r->compare.runs[run].title : "", several ? ": " : "",
                   lesson->markers[marker].text);
}

/* Compared runs come to their markers at about the same time: what begins within a second of the
 * last chapter is one with it. */
static void join_chapters(struct rnd_recording *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->chapter_count; i++) {
        const struct rnd_named_chapter chapter = r->named[i];
        struct rnd_named_chapter *last = &r->named[kept ? kept - 1 : 0];
        if (kept > 0 && chapter.frame - last->frame < r->fps) {
            size_t length = strlen(last->title);
            (void)snprintf(last->title + length, sizeof last->title - length, ", %s",
                           chapter.title);
        } else {
            r->named[kept++] = chapter;
        }
    }
    r->chapter_count = kept;
}

/* They begin at markers, and at the start. */
int rnd_recording_make_chapters(struct rnd_recording *r)
{
    size_t most = 1;
    for (uint32_t i = 0; i < r->subject_count; i++)
        most += r->subjects[i]->script.lesson.marker_count;
    r->chapters = calloc(most, sizeof *r->chapters);
    r->named = calloc(most, sizeof *r->named);
    if (!r->chapters || !r->named)
        return SIM_ENOMEM;
    for (uint32_t i = 0; i < r->subject_count; i++)
        for (uint32_t k = 0; k < r->subjects[i]->script.lesson.marker_count; k++)
            add_chapter(r, i, k);
    qsort(r->named, r->chapter_count, sizeof *r->named, by_frame);
    if (rnd_recording_compares(r))
        join_chapters(r);
    bool start = r->chapter_count > 0 && r->named[0].frame > 0;
    if (start)
        r->chapters[0] = (struct rnd_chapter){0, "Start"};
    for (size_t i = 0; i < r->chapter_count; i++)
        r->chapters[i + start] = (struct rnd_chapter){r->named[i].frame, r->named[i].title};
    r->chapter_count += start;
    return SIM_OK;
}
