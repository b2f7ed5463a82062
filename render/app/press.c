#include "press.h"

#include "do_inspect.h"
#include "do_param.h"

#include "render/model/label.h"

#include <stdio.h>

/* Commands of buttons, by enum rnd_button. */
static const struct {
    enum rnd_command command;
    int amount;
} buttons[RND_BUTTONS] = {
    [RND_BUTTON_STOP] = {RND_DO_STOP, 0},     [RND_BUTTON_SHORTEN] = {RND_DO_SHORTEN, 0},
    [RND_BUTTON_REPEAT] = {RND_DO_REPEAT, 0}, [RND_BUTTON_LASTS] = {RND_DO_LASTS, 1},
    [RND_BUTTON_START] = {RND_DO_START, 0},   [RND_BUTTON_BACK] = {RND_DO_STEP, -1},
    [RND_BUTTON_PLAY] = {RND_DO_PLAY, 0},     [RND_BUTTON_FORWARD] = {RND_DO_STEP, 1},
    [RND_BUTTON_END] = {RND_DO_END, 0},       [RND_BUTTON_LESSONS] = {RND_DO_GALLERY, 0},
    [RND_BUTTON_SEARCH] = {RND_DO_SEARCH, 0}, [RND_BUTTON_PREDICT] = {RND_DO_PREDICT, 0},
    [RND_BUTTON_RECORD] = {RND_DO_RECORD, 0}, [RND_BUTTON_COMMANDS] = {RND_DO_PALETTE, 0},
    [RND_BUTTON_THEME] = {RND_DO_THEME, 0},   [RND_BUTTON_PRESENT] = {RND_DO_PRESENT, 0},
    [RND_BUTTON_HELP] = {RND_DO_HELP, 0},
};

/* Commands of the timeline's tools. */
static const enum rnd_command tools[RND_TOOLS] = {[RND_TOOL_TREE] = RND_DO_TREE,
                                                  [RND_TOOL_SORT] = RND_DO_SORT,
                                                  [RND_TOOL_FILTER] = RND_DO_FILTER,
                                                  [RND_TOOL_ARROWS] = RND_DO_ARROWS};

bool rnd_press_of(struct rnd_hit hit, enum rnd_command *command, int *amount)
{
    *amount = (int)hit.value;
    switch (hit.kind) {
    case RND_HIT_BUTTON:
        *command = buttons[hit.value].command;
        *amount = buttons[hit.value].amount;
        return true;
    case RND_HIT_STEP:
        *command = RND_DO_STEP_KIND;
        return true;
    case RND_HIT_PANEL:
        *command = RND_DO_PANEL;
        return true;
    case RND_HIT_FILE:
        *command = RND_DO_FILE_SHOW;
        return true;
    case RND_HIT_FILES:
        *command = RND_DO_FILES;
        *amount = 0;
        return true;
    case RND_HIT_OUTPUT_ONLY:
        *command = RND_DO_OUTPUT_ONLY;
        *amount = 0;
        return true;
    case RND_HIT_OUTPUT_RANGE:
        *command = RND_DO_OUTPUT_RANGE;
        *amount = 0;
        return true;
    case RND_HIT_OUTPUT_FILTER:
        *command = RND_DO_OUTPUT_FILTER;
        *amount = 0;
        return true;
    case RND_HIT_SPEED:
        *command = RND_DO_SPEED;
        *amount = 1;
        return true;
    case RND_HIT_TOOL:
        *command = tools[hit.value];
        *amount = 0;
        return true;
    case RND_HIT_MARK:
        *command = RND_DO_MARK_GO;
        return true;
    case RND_HIT_FOLD:
        *command = RND_DO_FOLD;
        return true;
    case RND_HIT_PIN:
        *command = RND_DO_PIN;
        return true;
    default:
        return false;
    }
}

/* What is told of places without a command. */
static const char *words_of(enum rnd_hit_kind kind)
{
    switch (kind) {
    case RND_HIT_STRIP:
        return "The whole run · drag to move through it";
    case RND_HIT_MAP:
        return "The whole run · drag the part that is shown · double click: all";
    case RND_HIT_EDGE:
        return "Drag to move this end of the range";
    case RND_HIT_SPLITTER:
        return "Drag to resize · double click: as at first";
    case RND_HIT_NAME:
    case RND_HIT_RUNNER:
    case RND_HIT_QUEUED:
    case RND_HIT_TIMER:
        return "Click selects it · double click: the inspector tells all of it\tI";
    case RND_HIT_CALL:
        return "Click shows the line in the source";
    default:
        return "";
    }
}

void rnd_press_tip(const struct rnd_app *app, struct rnd_hit hit, char out[RND_TIP_MAX])
{
    enum rnd_command command;
    int amount;
    char key[RND_KEYS_MAX];
    bool lane = hit.kind == RND_HIT_FOLD || hit.kind == RND_HIT_PIN;
    if (rnd_param_tip(app, hit, out) || rnd_inspect_tip(app, hit, out))
        return;
    const struct rnd_binding *binding =
        rnd_press_of(hit, &command, &amount) ? rnd_binding_of(command, lane ? 0 : amount) : NULL;
    if (hit.kind == RND_HIT_MARK && hit.value < app->shown->notes.count) {
        const struct rnd_mark *mark = &app->shown->notes.items[hit.value];
        (void)snprintf(out, RND_TIP_MAX, "%.60s%s%.90s", mark->name, *mark->note ? " · " : "",
                       mark->note);
        return;
    }
    if (hit.kind == RND_HIT_FILE && hit.value < app->shown->script.file_count) {
        rnd_binding_key(rnd_binding_of(RND_DO_FILE, 1), key);
        (void)snprintf(out, RND_TIP_MAX, "%.120s\t%s", app->shown->script.files[hit.value].name,
                       key);
        return;
    }
    const struct rnd_lane *named = hit.kind == RND_HIT_NAME && !app->view.compare
                                       ? rnd_model_lane(app->shown->model, hit.value)
                                       : NULL;
    if (named) { /* all of its name, which may be cut short */
        char name[RND_LABEL_MAX];
        (void)rnd_label_task(app->shown->model, hit.value, name, sizeof name);
        (void)snprintf(out, RND_TIP_MAX, "%.90s · %.65s", name, words_of(hit.kind));
        return;
    }
    if (!binding) {
        (void)snprintf(out, RND_TIP_MAX, "%s", words_of(hit.kind));
        return;
    }
    rnd_binding_key(binding, key);
    (void)snprintf(out, RND_TIP_MAX, "%s%s%s", binding->name, *key ? "\t" : "", key);
}
