#include "direct.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cues.h"
#include "label.h"
#include "state.h"
#include "step.h"

static bool is_all(const char *text)
{
    return strcmp(text, "all") == 0;
}

/* --- making it -------------------------------------------------------------------------------- */

/* "1.0..2.5" or "all"; false for anything else. */
static bool read_stretch(const char *text, struct rnd_stretch *out)
{
    double from = 0, to = 0;
    char rest;
    if (is_all(text)) {
        *out = (struct rnd_stretch){.whole = true};
        return true;
    }
    const char *dots = strstr(text, "..");
    if (!dots || sscanf(text, "%lf", &from) != 1 || sscanf(dots + 2, "%lf %c", &to, &rest) != 1 ||
        from < 0 || to <= from || to > 1e9)
        return false;
    *out = (struct rnd_stretch){.from_ns = (int64_t)(from * 1e9), .to_ns = (int64_t)(to * 1e9)};
    return true;
}

static int by_time(const void *a, const void *b)
{
    int64_t x = ((const struct rnd_direction *)a)->begin_ns;
    int64_t y = ((const struct rnd_direction *)b)->begin_ns;
    return (x > y) - (x < y);
}

/* The notes whose lines the run comes to, by time; each ends with the next. */
static int take_notes(const struct rnd_pace *pace, const struct rnd_note *notes, uint32_t count,
                      struct rnd_direction **out, uint32_t *out_count)
{
    const struct rnd_model *model = pace->model;
    *out = calloc(count ? count : 1, sizeof **out);
    if (!*out)
        return SIM_ENOMEM;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t cursor = rnd_step_at_line(model, notes[i].line);
        if (cursor == RND_NEVER)
            continue;
        struct rnd_moment moment = rnd_model_moment(model, cursor);
        struct rnd_state state = rnd_state_at(model, moment);
        (*out)[(*out_count)++] =
            (struct rnd_direction){.begin_ns = rnd_pace_time(pace, moment),
                                   .text = notes[i].text,
                                   .cursor = cursor,
                                   .task = state.runner == RND_RUNNER_TASK ? state.runner_id : 0};
    }
    if (*out_count > 0)
        qsort(*out, *out_count, sizeof **out, by_time);
    for (uint32_t i = 0; i < *out_count; i++)
        (*out)[i].end_ns = i + 1 < *out_count ? (*out)[i + 1].begin_ns : pace->total_ns;
    return 0;
}

/* Leaves out what is no stretch of time. */
static void read_zooms(struct rnd_direct *direct)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < direct->zoom_count; i++)
        if (read_stretch(direct->zooms[i].text, &direct->zooms[i].stretch))
            direct->zooms[kept++] = direct->zooms[i];
    direct->zoom_count = kept;
}

/* A callout is seen until it is read, and while it comes and goes. */
static void time_callouts(struct rnd_direct *direct)
{
    for (uint32_t i = 0; i < direct->callout_count; i++) {
        struct rnd_direction *callout = &direct->callouts[i];
        int64_t end_ns =
            callout->begin_ns + rnd_cue_reading_ns(callout->text, NULL) + 2 * RND_DIRECT_EASE_NS;
        callout->end_ns = end_ns < callout->end_ns ? end_ns : callout->end_ns;
    }
}

int rnd_direct_make(const struct rnd_pace *pace, const struct rnd_lesson *lesson,
                    struct rnd_direct *out)
{
    *out = (struct rnd_direct){0};
    if (take_notes(pace, lesson->focuses, lesson->focus_count, &out->focuses, &out->focus_count) ||
        take_notes(pace, lesson->zooms, lesson->zoom_count, &out->zooms, &out->zoom_count) ||
        take_notes(pace, lesson->callouts, lesson->callout_count, &out->callouts,
                   &out->callout_count)) {
        rnd_direct_free(out);
        return SIM_ENOMEM;
    }
    read_zooms(out);
    time_callouts(out);
    return 0;
}

void rnd_direct_free(struct rnd_direct *direct)
{
    free(direct->focuses);
    free(direct->zooms);
    free(direct->callouts);
    *direct = (struct rnd_direct){0};
}

/* --- asking it -------------------------------------------------------------------------------- */

/* From 0 to 1 without a jolt, as `ns` goes from 0 to `whole_ns`. */
static double ease(int64_t ns, int64_t whole_ns)
{
    double x = ns <= 0 ? 0 : ns >= whole_ns ? 1 : (double)ns / (double)whole_ns;
    return x * x * (3 - 2 * x);
}

/* How many of them have begun. */
static uint32_t begun(const struct rnd_direction *items, uint32_t count, int64_t at_ns)
{
    uint32_t i = 0;
    while (i < count && items[i].begin_ns <= at_ns)
        i++;
    return i;
}

/* The one before fades, then the new one comes. */
static void set_focus(struct rnd_scene *scene, const struct rnd_direct *direct, int64_t at_ns)
{
    uint32_t n = begun(direct->focuses, direct->focus_count, at_ns);
    if (n == 0)
        return;
    const struct rnd_direction *now = &direct->focuses[n - 1], *before = n > 1 ? now - 1 : NULL;
    int64_t into_ns = at_ns - now->begin_ns, half_ns = RND_DIRECT_EASE_NS / 2;
    bool fading = into_ns < half_ns && before && !is_all(before->text);
    const struct rnd_direction *shown = fading ? before : now;
    scene->focus = is_all(shown->text) ? NULL : shown->text;
    scene->focus_share = fading ? 1 - ease(into_ns, half_ns) : ease(into_ns - half_ns, half_ns);
}

static void set_zoom(struct rnd_scene *scene, const struct rnd_direct *direct, int64_t at_ns)
{
    uint32_t n = begun(direct->zooms, direct->zoom_count, at_ns);
    if (n == 0)
        return;
    scene->zoom_to = direct->zooms[n - 1].stretch;
    if (n > 1)
        scene->zoom_from = direct->zooms[n - 2].stretch;
    scene->zoom_share = ease(at_ns - direct->zooms[n - 1].begin_ns, RND_DIRECT_EASE_NS);
}

static void set_callout(struct rnd_scene *scene, const struct rnd_direct *direct, int64_t at_ns)
{
    uint32_t n = begun(direct->callouts, direct->callout_count, at_ns);
    if (n == 0 || direct->callouts[n - 1].end_ns <= at_ns)
        return;
    const struct rnd_direction *callout = &direct->callouts[n - 1];
    double comes = ease(at_ns - callout->begin_ns, RND_DIRECT_EASE_NS / 2);
    double goes = ease(callout->end_ns - at_ns, RND_DIRECT_EASE_NS / 2);
    scene->callout = callout->text;
    scene->callout_share = comes < goes ? comes : goes;
    scene->callout_cursor = callout->cursor;
    scene->callout_task = callout->task;
}

struct rnd_scene rnd_scene_plain(void)
{
    return (struct rnd_scene){
        .zoom_from = {.whole = true}, .zoom_to = {.whole = true}, .zoom_share = 1};
}

struct rnd_scene rnd_direct_at(const struct rnd_direct *direct, int64_t at_ns)
{
    struct rnd_scene scene = rnd_scene_plain();
    set_focus(&scene, direct, at_ns);
    set_zoom(&scene, direct, at_ns);
    set_callout(&scene, direct, at_ns);
    return scene;
}

static bool stretch_equal(struct rnd_stretch a, struct rnd_stretch b)
{
    return a.whole == b.whole && a.from_ns == b.from_ns && a.to_ns == b.to_ns;
}

bool rnd_scene_equal(const struct rnd_scene *a, const struct rnd_scene *b)
{
    return a->focus == b->focus && a->focus_share == b->focus_share &&
           stretch_equal(a->zoom_from, b->zoom_from) && stretch_equal(a->zoom_to, b->zoom_to) &&
           a->zoom_share == b->zoom_share && a->callout == b->callout &&
           a->callout_share == b->callout_share && a->callout_cursor == b->callout_cursor;
}

/* Whether a label is a name of the list, or that name with a number: "worker #2". */
static bool is_listed(const char *list, const char *label)
{
    while (*list) {
        list += strspn(list, " ,");
        size_t length = strcspn(list, ",");
        while (length > 0 && list[length - 1] == ' ')
            length--;
        if (length > 0 && strncmp(label, list, length) == 0 &&
            (!label[length] || strncmp(label + length, " #", 2) == 0))
            return true;
        list += strcspn(list, ",");
    }
    return false;
}

bool rnd_scene_has(const struct rnd_model *model, const char *focus, uint32_t task)
{
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    char label[RND_LABEL_MAX];
    if (!lane)
        return false;
    (void)rnd_label_task(model, task, label, sizeof label);
    return is_listed(focus, label) || is_listed(focus, rnd_model_text(model, lane->name, NULL)) ||
           is_listed(focus, rnd_model_text(model, lane->coroutine, NULL));
}
