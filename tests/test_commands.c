/* Commands: that each has words and a key of its own, and that files come to be shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "render/app/bindings.h"
#include "render/app/input.h"
#include "render/app/recent.h"

/* --- the table -------------------------------------------------------------------------------- */

static void each_row_has_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < rnd_binding_count; i++) {
        const struct rnd_binding *row = &rnd_bindings[i];
        assert_in_range(strlen(row->name), 3, 40);
        assert_in_range(strlen(row->about), 10, 120);
        assert_int_equal(row->about[strlen(row->about) - 1], '.');
        assert_ptr_equal(rnd_binding_of(row->command, row->amount), row);
        for (size_t other = 0; other < i; other++)
            assert_string_not_equal(rnd_bindings[other].name, row->name);
    }
}

/* Takes the next key off a list; false at its end. */
static bool take_key(const char **keys, char out[RND_KEYS_MAX])
{
    *keys += strspn(*keys, " ");
    size_t length = strcspn(*keys, " ");
    assert_true(length < RND_KEYS_MAX);
    memcpy(out, *keys, length);
    out[length] = '\0';
    *keys += length;
    return length > 0;
}

/* The row that a key leads to, as if it were pressed. */
static const struct rnd_binding *press(const char *key)
{
    SDL_Keysym pressed = {.mod = KMOD_NONE};
    char name[RND_KEYS_MAX];
    if (strncmp(key, "Ctrl+", 5) == 0) {
        pressed.mod |= KMOD_LCTRL;
        key += 5;
    }
    if (strncmp(key, "Shift+", 6) == 0) {
        pressed.mod |= KMOD_LSHIFT;
        key += 6;
    }
    if (pressed.mod == KMOD_NONE && key[1] == '\0' && !SDL_isalnum(key[0]))
        return rnd_binding_of_text(key);
    if (key[0] == '@' && key[1]) {
        pressed.scancode = SDL_GetScancodeFromName(key + 1);
        assert_int_not_equal(pressed.scancode, SDL_SCANCODE_UNKNOWN);
    } else {
        (void)snprintf(name, sizeof name, "%s", key);
        for (char *at = name; (at = strchr(at, '_'));)
            *at = ' ';
        pressed.sym = SDL_GetKeyFromName(name);
        if (pressed.sym == SDLK_UNKNOWN)
            fail_msg("there is no key called %s", name);
    }
    return rnd_binding_of_key(&pressed);
}

static void each_key_leads_to_its_own_row(void **state)
{
    char key[RND_KEYS_MAX];
    (void)state;
    for (size_t i = 0; i < rnd_binding_count; i++)
        for (const char *keys = rnd_bindings[i].keys; take_key(&keys, key);)
            if (press(key) != &rnd_bindings[i])
                fail_msg("%s is the key of more than one command, or of none", key);
}

static void each_command_can_be_had_by_keyboard(void **state)
{
    static const char *const names[] = {
#define RND_COMMAND(name, function, meaning) #name,
#include "render/app/commands.def"
#undef RND_COMMAND
    };
    (void)state;
    for (int command = 0; command < RND_COMMANDS; command++) {
        /* Keys go from marker to marker and from file to file; these are of what was clicked. */
        bool found = command == RND_DO_MARK_GO || command == RND_DO_FILE_SHOW;
        for (size_t i = 0; i < rnd_binding_count && !found; i++)
            found = rnd_bindings[i].command == (enum rnd_command)command;
        if (!found)
            fail_msg("no row says what %s is called", names[command]);
    }
}

/* --- files ------------------------------------------------------------------------------------ */

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* A folder of its own, in which state is kept; the caller frees nothing. */
static int make_folder(void **state)
{
    static char folder[] = "/tmp/commands-XXXXXX";
    memcpy(strrchr(folder, '-') + 1, "XXXXXX", 6);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(setenv("XDG_STATE_HOME", folder, 1), 0);
    *state = folder;
    return 0;
}

static int remove_folder(void **state)
{
    char command[128];
    (void)snprintf(command, sizeof command, "rm -r '%s'", (const char *)*state);
    return system(command);
}

static void files_that_were_opened_are_kept_the_latest_first(void **state)
{
    struct rnd_recent *recent = calloc(1, sizeof *recent);
    char path[256];
    assert_non_null(recent);
    rnd_recent_read(recent);
    assert_int_equal(recent->count, 0);
    for (int i = 0; i < RND_RECENT_MAX + 3; i++) {
        (void)snprintf(path, sizeof path, "%s/%d.py", (const char *)*state, i);
        write_file(path, "");
        rnd_recent_add(path);
    }
    (void)snprintf(path, sizeof path, "%s/./10.py", (const char *)*state);
    rnd_recent_add(path);
    rnd_recent_add("/nowhere/at-all.py");
    rnd_recent_read(recent);
    assert_int_equal(recent->count, RND_RECENT_MAX);
    assert_non_null(strstr(recent->paths[0], "/10.py"));
    assert_null(strstr(recent->paths[0], "/./"));
    assert_non_null(strstr(recent->paths[1], "/22.py"));
    for (uint32_t i = 1; i < recent->count; i++)
        assert_string_not_equal(recent->paths[i], recent->paths[0]);
    free(recent);
}

static void a_file_that_is_dropped_is_shown(void **state)
{
    char first[256], second[256], error[256];
    struct rnd_app app;
    struct rnd_hits hits = {.count = 0};
    (void)snprintf(first, sizeof first, "%s/first.py", (const char *)*state);
    (void)snprintf(second, sizeof second, "%s/second.py", (const char *)*state);
    write_file(first, "import asyncio\nasyncio.run(asyncio.sleep(1))\n");
    write_file(second, "import asyncio\nasyncio.run(asyncio.sleep(2))\n");
    struct rnd_app_options options = {.run = {.script = first, .worker = WORKER},
                                      .theme = rnd_theme_at(0)};
    assert_int_equal(rnd_app_open(&app, &options, 1024, 640, error, sizeof error), 0);
    struct rnd_input input = {.app = &app, .hits = &hits, .px_per_unit = 1};
    SDL_Event drop = {.drop = {.type = SDL_DROPFILE, .file = SDL_strdup(second)}};
    rnd_input_event(&input, &drop);
    while (rnd_app_goes_on(&app)) {
        struct scn_run *run = app.next[0] ? app.next[0]->run : app.shown->run;
        struct pollfd wait = {.fd = scn_run_fd(run), .events = POLLIN};
        assert_true(poll(&wait, 1, 60000) > 0);
        assert_int_equal(rnd_app_poll(&app), 0);
    }
    assert_string_equal(app.shown->path, second);
    assert_int_equal(app.shown->model->end_ns, 2000000000);
    struct rnd_recent *recent = calloc(1, sizeof *recent);
    assert_non_null(recent);
    rnd_recent_read(recent);
    assert_string_equal(recent->paths[0], second);
    free(recent);
    /* A folder is looked into. */
    drop.drop.file = SDL_strdup(*state);
    rnd_input_event(&input, &drop);
    assert_non_null(app.view.picker);
    rnd_app_close(&app);
}

/* Opens a script of that text at its end. */
static void open_text(struct rnd_app *app, const char *folder, const char *text)
{
    char path[256], error[256];
    (void)snprintf(path, sizeof path, "%s/script.py", folder);
    write_file(path, text);
    struct rnd_app_options options = {.run = {.script = path, .worker = WORKER},
                                      .theme = rnd_theme_at(0)};
    assert_int_equal(rnd_app_open(app, &options, 1024, 640, error, sizeof error), 0);
    while (rnd_app_goes_on(app)) {
        struct pollfd wait = {.fd = scn_run_fd(app->shown->run), .events = POLLIN};
        assert_true(poll(&wait, 1, 60000) > 0);
        assert_int_equal(rnd_app_poll(app), 0);
    }
    rnd_do_end(app, 0);
}

static void press_text(struct rnd_input *input, const char *text)
{
    SDL_Event key = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = (unsigned char)text[0]}}};
    SDL_Event typed = {.text = {.type = SDL_TEXTINPUT}};
    (void)snprintf(typed.text.text, sizeof typed.text.text, "%s", text);
    rnd_input_event(input, &key);
    rnd_input_event(input, &typed);
}

static void what_a_key_cannot_do_is_said_until_the_next_one(void **state)
{
    struct rnd_app app;
    struct rnd_hits hits = {.count = 0};
    open_text(&app, *state, "import asyncio\nasyncio.run(asyncio.sleep(1))\n");
    struct rnd_input input = {.app = &app, .hits = &hits, .px_per_unit = 1};
    assert_string_equal(app.view.remark, "");
    press_text(&input, "]");
    assert_string_equal(app.view.remark,
                        "No arrow leads on from sleep: it causes nothing after this.");
    rnd_do_start(&app, 0);
    press_text(&input, "[");
    assert_string_equal(app.view.remark,
                        "No arrow leads to sleep here: nothing before this caused it.");
    press_text(&input, "v");
    assert_string_equal(app.view.remark, "This script has no parameters.");
    press_text(&input, "t");
    assert_string_equal(app.view.remark, "");
    rnd_app_close(&app);
}

/* Each command that needs something says what, without it. */
static void each_need_has_its_reason(void **state)
{
    struct rnd_app app;
    open_text(&app, *state, "import asyncio\nasyncio.run(asyncio.sleep(1))\n");
    for (size_t i = 0; i < rnd_binding_count; i++) {
        const char *why = rnd_binding_why_not(&rnd_bindings[i], &app);
        assert_int_equal(*why != '\0', !rnd_binding_available(&rnd_bindings[i], &app));
    }
    const struct rnd_binding *predict = rnd_binding_of(RND_DO_PREDICT, 0);
    assert_true(rnd_binding_available(predict, &app));
    app.view.compare = &app.compare;
    assert_string_equal(rnd_binding_why_not(predict, &app),
                        "Not while runs are compared: Ctrl Shift D ends that.");
    app.view.compare = NULL;
    rnd_app_close(&app);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_has_words),
        cmocka_unit_test(each_key_leads_to_its_own_row),
        cmocka_unit_test(each_command_can_be_had_by_keyboard),
        cmocka_unit_test_setup_teardown(files_that_were_opened_are_kept_the_latest_first,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_file_that_is_dropped_is_shown, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(what_a_key_cannot_do_is_said_until_the_next_one,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(each_need_has_its_reason, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
