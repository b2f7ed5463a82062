#include "bindings.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const struct rnd_help_row mouse[] = {
    {NULL, "Mouse"},
    {"Click", "on the timeline or the strip: go there"},
    {"Drag", "on the timeline: select a range"},
    {"Click", "on a lane's name: select it"},
    {"Double click", "on a line of source or output: go there"},
    {"Drag", "between panels: resize them"},
    {"Click", "on a panel's title: collapse it, or open it"},
    {"Wheel", "scroll what is under the pointer"},
    {"Ctrl wheel", "zoom at the pointer"},
    {"Shift drag", "or with the middle button: pan"},
};

static const char *const group_titles[RND_GROUPS] = {
    [RND_GROUP_PLAY] = "Playing", [RND_GROUP_MOVE] = "Moving", [RND_GROUP_LOOK] = "Looking",
    [RND_GROUP_TASKS] = "Tasks",  [RND_GROUP_RUN] = "The run", [RND_GROUP_WINDOW] = "Window",
};

/* --- keys ------------------------------------------------------------------------------------- */

/* One of a binding's keys, taken apart. */
struct key {
    char name[RND_KEYS_MAX]; /* without its modifiers, as SDL would call it */
    bool ctrl, shift, place, typed;
};

static bool take_prefix(const char **at, const char *prefix)
{
    size_t length = strlen(prefix);
    if (strncmp(*at, prefix, length) != 0)
        return false;
    *at += length;
    return true;
}

/* Takes the next of the keys off a list; false at its end. */
static bool next_key(const char **keys, struct key *out)
{
    *keys += strspn(*keys, " ");
    size_t length = strcspn(*keys, " ");
    const char *at = *keys, *end = *keys + length;
    *out = (struct key){.ctrl = take_prefix(&at, "Ctrl+")};
    out->shift = take_prefix(&at, "Shift+");
    out->place = end - at == 2 && take_prefix(&at, "@");
    assert(end >= at && (size_t)(end - at) < sizeof out->name);
    for (size_t i = 0; at + i < end; i++)
        out->name[i] = at[i] == '_' ? ' ' : at[i];
    out->typed = end - at == 1 && !out->ctrl && !out->shift && !SDL_isalnum(out->name[0]);
    *keys = end;
    return length > 0;
}

static bool is_key(const struct key *key, const SDL_Keysym *pressed)
{
    if (key->typed || key->ctrl != ((pressed->mod & KMOD_CTRL) != 0) ||
        key->shift != ((pressed->mod & KMOD_SHIFT) != 0))
        return false;
    return key->place ? SDL_GetScancodeFromName(key->name) == pressed->scancode
                      : SDL_GetKeyFromName(key->name) == pressed->sym;
}

const struct rnd_binding *rnd_binding_of_key(const SDL_Keysym *pressed)
{
    if (pressed->mod & (KMOD_ALT | KMOD_GUI))
        return NULL;
    for (size_t i = 0; i < rnd_binding_count; i++) {
        struct key key;
        for (const char *keys = rnd_bindings[i].keys; next_key(&keys, &key);)
            if (is_key(&key, pressed))
                return &rnd_bindings[i];
    }
    return NULL;
}

const struct rnd_binding *rnd_binding_of_text(const char *text)
{
    for (size_t i = 0; i < rnd_binding_count; i++) {
        struct key key;
        for (const char *keys = rnd_bindings[i].keys; next_key(&keys, &key);)
            if (key.typed && strcmp(key.name, text) == 0)
                return &rnd_bindings[i];
    }
    return NULL;
}

/* What is on a key, where SDL calls it something else. */
static const char *name_on_key(const struct key *key)
{
    if (strcmp(key->name, "Escape") == 0)
        return "Esc";
    return strcmp(key->name, "Return") == 0 ? "Enter" : key->name;
}

void rnd_binding_key(const struct rnd_binding *binding, char out[RND_KEYS_MAX])
{
    const char *keys = binding->keys;
    struct key key;
    out[0] = '\0';
    if (next_key(&keys, &key))
        (void)snprintf(out, RND_KEYS_MAX, "%s%s%.16s", key.ctrl ? "Ctrl " : "",
                       key.shift ? "Shift " : "", name_on_key(&key));
}

/* --- rows ------------------------------------------------------------------------------------- */

const struct rnd_binding *rnd_binding_of(enum rnd_command command, int amount)
{
    for (size_t i = 0; i < rnd_binding_count; i++)
        if (rnd_bindings[i].command == command && rnd_bindings[i].amount == amount)
            return &rnd_bindings[i];
    return NULL;
}

void rnd_binding_step_keys(struct rnd_step_keys *out)
{
    _Static_assert(RND_STEP_KEYS_MAX >= RND_KEYS_MAX, "every key has room");
    for (int kind = 0; kind < RND_STEP_TASK; kind++)
        rnd_binding_key(rnd_binding_of(RND_DO_STEP_KIND, kind), out->kinds[kind]);
    rnd_binding_key(rnd_binding_of(RND_DO_STEP, 1), out->step);
}

bool rnd_binding_is_for_window(const struct rnd_binding *binding)
{
    return binding->group == RND_GROUP_WINDOW || binding->command == RND_DO_OPEN ||
           binding->command == RND_DO_GALLERY;
}

/* The RND_NEEDS_... that are not there. */
static unsigned missing_of(const struct rnd_app *app)
{
    return (app->view.selected ? 0 : RND_NEEDS_SELECTED) |
           (app->shown->script.lesson.param_count ? 0 : RND_NEEDS_PARAM) |
           (app->view.compare ? RND_NEEDS_ALONE : RND_NEEDS_COMPARE) |
           (*app->finder.search.text ? 0 : RND_NEEDS_SEARCH) |
           (app->shown->script.file_count > 1 ? 0 : RND_NEEDS_FILES) |
           (app->view.timeline.range.set ? 0 : RND_NEEDS_RANGE);
}

bool rnd_binding_available(const struct rnd_binding *binding, const struct rnd_app *app)
{
    return !(binding->needs & missing_of(app));
}

const char *rnd_binding_why_not(const struct rnd_binding *binding, const struct rnd_app *app)
{
    static const struct {
        unsigned need;
        const char *text;
    } reasons[] = {
        {RND_NEEDS_SELECTED, "That is of a lane: select one first, by Down or by a click."},
        {RND_NEEDS_PARAM, "This script has no parameters."},
        {RND_NEEDS_ALONE, "Not while runs are compared: Ctrl Shift D ends that."},
        {RND_NEEDS_COMPARE, "Nothing is compared yet: Ctrl D compares."},
        {RND_NEEDS_SEARCH, "Nothing was searched for yet: / searches."},
        {RND_NEEDS_FILES, "This script is one file only."},
        {RND_NEEDS_RANGE, "Select a range first: drag over the timeline, or press R at both ends."},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (binding->needs & missing_of(app) & reasons[i].need)
            return reasons[i].text;
    return "";
}

static void add_row(struct rnd_help *help, const char *keys, const char *text)
{
    assert(help->count < RND_HELP_ROWS_MAX);
    help->rows[help->count++] = (struct rnd_help_row){keys, text};
}

void rnd_binding_help(struct rnd_help *help)
{
    help->count = 0;
    for (int group = 0; group < RND_GROUPS; group++) {
        add_row(help, NULL, group_titles[group]);
        for (size_t i = 0; i < rnd_binding_count; i++) {
            const struct rnd_binding *binding = &rnd_bindings[i];
            if (binding->group != (enum rnd_binding_group)group || !*binding->keys)
                continue;
            char *keys = help->keys[help->count];
            rnd_binding_key(binding, keys);
            add_row(help, keys, binding->name);
        }
    }
    for (size_t i = 0; i < sizeof mouse / sizeof *mouse; i++)
        add_row(help, mouse[i].keys, mouse[i].text);
}
