#include "quiz.h"

#include "state.h"
#include "step.h"

/* Whether a slice is one of a task that people see. */
static bool is_shown(const struct rnd_model *model, const struct rnd_slice *slice)
{
    const struct rnd_lane *lane =
        slice->kind == RND_SLICE_TASK ? rnd_model_lane(model, slice->id) : NULL;
    return lane && !slice->backstage && lane->naming != SIM_TASK_INTERNAL;
}

/* How soon a task seems to run: the lower, the sooner. */
static int64_t patience(const struct rnd_model *model, uint32_t task, uint32_t cursor)
{
    struct rnd_lane_state now = rnd_state_lane(model, task, cursor);
    if (now.state == RND_TASK_READY)
        return -1;
    bool has_deadline = now.span && now.span->deadline_ns != RND_NO_TIME;
    return has_deadline ? now.span->deadline_ns : INT64_MAX;
}

/* The choices so far, the sooner ones first. */
struct choices {
    uint32_t tasks[RND_QUIZ_CHOICES];
    int64_t patience[RND_QUIZ_CHOICES];
    uint32_t count;
};

static void put(struct choices *choices, uint32_t task, int64_t patience_ns)
{
    uint32_t i = choices->count;
    if (i == RND_QUIZ_CHOICES && choices->patience[i - 1] <= patience_ns)
        return;
    i = i == RND_QUIZ_CHOICES ? i - 1 : choices->count++;
    for (; i > 0 && choices->patience[i - 1] > patience_ns; i--) {
        choices->tasks[i] = choices->tasks[i - 1];
        choices->patience[i] = choices->patience[i - 1];
    }
    choices->tasks[i] = task;
    choices->patience[i] = patience_ns;
}

/* Puts the choices by number, so that their order tells nothing. */
static void settle(const struct choices *choices, uint32_t answer, struct rnd_quiz *out)
{
    out->choice_count = choices->count;
    for (uint32_t i = 0; i < choices->count; i++) {
        uint32_t at = i;
        for (; at > 0 && out->choices[at - 1] > choices->tasks[i]; at--)
            out->choices[at] = out->choices[at - 1];
        out->choices[at] = choices->tasks[i];
    }
    for (uint32_t i = 0; i < out->choice_count; i++)
        if (out->choices[i] == answer)
            out->answer = i;
}

/* Makes the question which task runs after that slice; false if it would be none. */
static bool ask(const struct rnd_model *model, const struct rnd_slice *before,
                const struct rnd_slice *after, struct rnd_quiz *out)
{
    struct choices choices = {.count = 0};
    uint32_t number = rnd_step_number(model, before->end);
    uint32_t stop = number > 0 ? model->stops[number - 1].at : 0;
    *out = (struct rnd_quiz){.at = stop > before->end ? stop : before->end,
                             .after = before->id,
                             .answer_at = after->begin};
    const struct rnd_lane *answer = rnd_model_lane(model, after->id);
    if (out->at >= out->answer_at || answer->created > out->at)
        return false;
    put(&choices, after->id, INT64_MIN);
    for (uint32_t task = 1; task <= model->lane_count; task++) {
        const struct rnd_lane *lane = rnd_model_lane(model, task);
        if (lane->created > out->at)
            break;
        if (task != after->id && lane->done > out->at && lane->naming != SIM_TASK_INTERNAL)
            put(&choices, task, patience(model, task, out->at));
    }
    settle(&choices, after->id, out);
    return out->choice_count > 1;
}

bool rnd_quiz_next(const struct rnd_model *model, uint32_t cursor, struct rnd_quiz *out)
{
    const struct rnd_slice *before = NULL;
    uint32_t i = rnd_model_first_slice(model, cursor);
    /* The one that ran before may have ended exactly there. */
    for (uint32_t back = i; back > 0 && !before; back--)
        if (is_shown(model, &model->slices[back - 1]))
            before = &model->slices[back - 1];
    for (; i < model->slice_count; i++) {
        const struct rnd_slice *slice = &model->slices[i];
        if (!is_shown(model, slice))
            continue;
        if (before && slice->begin > cursor && ask(model, before, slice, out) && out->at >= cursor)
            return true;
        before = slice;
    }
    return false;
}
