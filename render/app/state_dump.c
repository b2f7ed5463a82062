#include "state_dump.h"

#include <inttypes.h>
#include <stdio.h>

#include "render/draw/replace.h"

/* The parameters of the shown script and their values. */
static void write_params(FILE *file, const struct rnd_app *app)
{
    const struct rnd_lesson *lesson = &app->shown->script.lesson;
    for (uint32_t i = 0; i < lesson->param_count; i++) {
        char text[RND_PARAM_TEXT_MAX];
        (void)rnd_param_text(&lesson->params[i], lesson->params[i].value, text, sizeof text);
        fprintf(file, "param-%s=%s\n", lesson->params[i].name, text);
    }
}

static void write_state(FILE *file, const struct rnd_app *app, uint64_t frame)
{
    static const char *const runs[] = {"goes_on", "over", "trouble"};
    static const char *const records[] = {"asks", "goes_on", "done"};
    const struct rnd_view *view = &app->view;
    const struct rnd_model *model = app->shown->model;
    fprintf(file, "frame=%" PRIu64 "\n", frame);
    fprintf(file, "size=%dx%d\n", view->width_px, view->height_px);
    fprintf(file, "run=%s\n", runs[view->run]);
    fprintf(file, "events=%u\n", model->event_count);
    fprintf(file, "cursor=%u\n", view->moment.cursor);
    fprintf(file, "time_ns=%" PRId64 "\n", view->moment.time_ns);
    fprintf(file, "number=%u\n", rnd_step_number(model, view->moment.cursor));
    fprintf(file, "stops=%u\n", model->stop_count);
    fprintf(file, "playing=%d\n", view->playing);
    fprintf(file, "speed=%g\n", view->speed);
    fprintf(file, "lasts_s=%u\n", view->lasts_s);
    fprintf(file, "shorten=%d\n", view->shorten);
    fprintf(file, "repeat=%d\n", view->repeat);
    fprintf(file, "step=%d\n", (int)view->step);
    fprintf(file, "theme=%s\n", view->theme->name);
    fprintf(file, "selected=%u\n", view->selected);
    fprintf(file, "file=%u\n", view->file);
    fprintf(file, "whole=%d\n", view->whole);
    fprintf(file, "px_per_ns=%.6g\n", view->axis.px_per_ns);
    fprintf(file, "left_px=%.1f\n", view->axis.left_px);
    fprintf(file, "scale=%.3f\n", view->scale);
    fprintf(file, "layout=%d\n", (int)view->spec.mode);
    fprintf(file, "bare=%d\n", view->spec.bare);
    fprintf(file, "directed=%s\n", view->scene.focus ? view->scene.focus : "");
    fprintf(file, "tip=%s\n", view->tip);
    fprintf(file, "help=%d\n", view->help != NULL);
    fprintf(file, "record=%s\n", view->record ? records[view->record->state] : "");
    fprintf(file, "runs=%u\n", app->subject_count);
    fprintf(file, "focus=%u\n", rnd_app_focus(app));
    fprintf(file, "trouble=%s\n", view->trouble);
    fprintf(file, "remark=%s\n", view->remark);
    fprintf(file, "typing=%d\n", view->params.typing);
    fprintf(file, "fullscreen=%d\n", app->fullscreen);
}

static void write_timeline(FILE *file, const struct rnd_app *app)
{
    const struct rnd_timeline_view *view = &app->view.timeline;
    fprintf(file, "rows=");
    for (uint32_t row = 0; row < app->shown->rows.count; row++)
        fprintf(file, "%s%u", row ? " " : "", app->shown->rows.items[row].task);
    fprintf(file, "\npinned=%u\n", app->shown->rows.pinned_count);
    fprintf(file, "filter=%s\n", app->shown->rows.options.filter);
    fprintf(file, "sort=%d\n", (int)app->shown->rows.options.sort);
    fprintf(file, "arrows=%d\n", (int)view->arrows);
    fprintf(file, "anchored=%d\n", view->anchored);
    fprintf(file, "editing=%d\n", (int)view->editing);
    fprintf(file, "field=%s\n", view->editing ? view->field.text : "");
    if (view->range.set)
        fprintf(file, "range=%" PRId64 " %" PRId64 "\n", view->range.from.time_ns,
                view->range.to.time_ns);
    else
        fprintf(file, "range=\n");
    fprintf(file, "output=%s|%s|%s\n", app->view.output.of_one ? "one" : "",
            app->view.output.in_range ? "range" : "", app->view.output.filter);
    fprintf(file, "marks=");
    for (uint32_t i = 0; i < app->shown->notes.count; i++)
        fprintf(file, "%s%s", i ? "|" : "", app->shown->notes.items[i].name);
    fprintf(file, "\n");
}

/* What is written down, of one frame. */
struct dump {
    const struct rnd_app *app;
    const struct rnd_hits *hits;
    const struct rnd_list *list;
    uint64_t frame;
};

static int write_dump(FILE *file, void *context)
{
    const struct dump *dump = context;
    const struct rnd_list *list = dump->list;
    write_timeline(file, dump->app);
    write_state(file, dump->app, dump->frame);
    write_params(file, dump->app);
    for (size_t i = 0; i < dump->hits->count; i++) {
        const struct rnd_hit *hit = &dump->hits->items[i];
        fprintf(file, "hit=%d %u %.0f %.0f %.0f %.0f\n", (int)hit->kind, hit->value, hit->rect.x,
                hit->rect.y, hit->rect.w, hit->rect.h);
    }
    for (size_t i = 0; i < rnd_list_count(list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(list, i);
        if (cmd->kind == RND_CMD_TEXT)
            fprintf(file, "text=%s\n", rnd_list_string(list, cmd));
    }
    return SIM_OK;
}

int rnd_state_dump(const struct rnd_app *app, const struct rnd_hits *hits,
                   const struct rnd_list *list, uint64_t frame, const char *path)
{
    char why[256];
    struct dump dump = {app, hits, list, frame};
    return rnd_replace_file(path, write_dump, &dump, why, sizeof why);
}
