/* The command that shows keys as they are pressed, and what they do: for showing others how. */
#include "do_keys.h"

#include <stdio.h>

/* How often it is looked whether they go. */
#define LOOK_MS 16

void rnd_do_show_keys(struct rnd_app *app, int amount)
{
    (void)amount;
    app->show_keys = !app->show_keys;
    app->view.step_shown.share = 0;
}

void rnd_keys_pressed(struct rnd_app *app, const struct rnd_binding *binding)
{
    struct rnd_step_shown *shown = &app->view.step_shown;
    if (!app->show_keys)
        return;
    *shown = (struct rnd_step_shown){.share = 1};
    rnd_binding_key(binding, shown->keys[0]);
    (void)snprintf(shown->text, sizeof shown->text, "%s", binding->name);
    app->keys_ns = -1; /* what passed before does not count */
    app->changed = true;
}

int rnd_keys_work(struct rnd_app *app, int64_t elapsed_ns)
{
    struct rnd_step_shown *shown = &app->view.step_shown;
    if (shown->share <= 0)
        return -1;
    app->keys_ns = app->keys_ns < 0 ? 0 : app->keys_ns + elapsed_ns;
    double share = rnd_step_share(app->keys_ns);
    app->changed |= share != shown->share;
    shown->share = share;
    return share > 0 ? LOOK_MS : -1;
}
