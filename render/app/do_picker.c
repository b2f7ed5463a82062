/* The command palette: every command by its name. */
#include "bindings.h"

#include <stdio.h>

static const char *name_of(struct rnd_app *app, struct rnd_picker *picker, uint32_t index)
{
    const struct rnd_binding *binding = &rnd_bindings[index];
    (void)app;
    (void)picker;
    return binding->command == RND_DO_PALETTE ? NULL : binding->name;
}

static void filter(struct rnd_app *app, struct rnd_picker *picker)
{
    rnd_picker_rank_names(app, picker, (uint32_t)rnd_binding_count, name_of, "command", "");
}

static void row(struct rnd_app *app, struct rnd_picker *picker, uint32_t index,
                struct rnd_picker_row *out)
{
    const struct rnd_binding *binding = &rnd_bindings[picker->ranked[index].index];
    rnd_picker_put(picker, 0, binding->name, out);
    (void)snprintf(out->detail, sizeof out->detail, "%s", binding->about);
    rnd_binding_key(binding, out->aside);
    out->off = !rnd_binding_available(binding, app);
}

static void take(struct rnd_app *app, struct rnd_picker *picker, uint32_t index)
{
    const struct rnd_binding *binding =
        index == RND_NEVER ? NULL : &rnd_bindings[picker->ranked[index].index];
    if (!binding || !rnd_binding_available(binding, app))
        return;
    rnd_picker_close(app);
    rnd_app_do(app, binding->command, binding->amount);
}

void rnd_do_palette(struct rnd_app *app, int amount)
{
    static const struct rnd_picker_source source = {.title = "Commands",
                                                    .hint = "What should be done?",
                                                    .filter = filter,
                                                    .row = row,
                                                    .take = take};
    (void)amount;
    rnd_picker_open(app, &source, NULL, "");
}
