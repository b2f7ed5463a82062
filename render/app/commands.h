/* The commands: what a user can tell the window to do, one function each.
 *
 * A command is a line in commands.def, a function rnd_do_... in the file that its matter belongs
 * to, and a row in bindings.c that says its keys and its words.
 */
#ifndef RND_COMMANDS_H
#define RND_COMMANDS_H

struct rnd_app;

enum rnd_command {
#define RND_COMMAND(name, function, meaning) RND_DO_##name,
#include "commands.def"
#undef RND_COMMAND
    RND_COMMANDS
};

#define RND_COMMAND(name, function, meaning)                                                       \
    void rnd_do_##function(struct rnd_app *app, int amount);
#include "commands.def"
#undef RND_COMMAND

/* Carries out a command. */
void rnd_app_do(struct rnd_app *app, enum rnd_command command, int amount);

#endif
