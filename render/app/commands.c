#include "commands.h"

#include "app.h"

#include <assert.h>

void rnd_app_do(struct rnd_app *app, enum rnd_command command, int amount)
{
    static void (*const functions[])(struct rnd_app *, int) = {
#define RND_COMMAND(name, function, meaning) rnd_do_##function,
#include "commands.def"
#undef RND_COMMAND
    };
    assert(command < RND_COMMANDS);
    app->changed = true;
    functions[command](app, amount);
}
