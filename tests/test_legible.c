/* Every state of the window can be read: at each size, in each theme.
 *
 * test_legible FOLDER writes the pictures there, too, for people to look at; test_legible FOLDER
 * STATE those of the states whose names begin so, and looks at no others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "legible.h"

#include "render/app/bindings.h"
#include "render/app/do_inspect.h"
#include "render/app/input.h"
#include "render/app/overlay.h"
#include "render/draw/png.h"

static const struct {
    int width_px, height_px;
} sizes[] = {{1024, 640}, {1280, 800}, {1920, 1080}, {3840, 2160}};
#define SIZES (sizeof sizes / sizeof *sizes)
#define SIZE_OF_THEMES 1 /* at which all themes are looked at */

/* A state: a script, and what is done to it, in words: `event=N` and `at=SECONDS` put the playhead
 * somewhere, `type=TEXT` types, `point=KIND` and `click=KIND` and `twice=KIND` use the mouse on the
 * first such place, with `KIND:VALUE` on that one; `reads=TEXT` wants that to be written somewhere;
 * anything else is a key's name. */
struct scene {
    const char *name, *script, *words;
};

static const struct scene scenes[] = {
#define SCENE(name, script, words) {name, script, words},
#include "legible_scenes.def"
#undef SCENE
};
#define SCENES (sizeof scenes / sizeof *scenes)

struct desk {
    struct rnd_fonts *fonts;
    struct rnd_list *list;
    struct rnd_canvas *canvas;
    struct legible page;
    struct rnd_hits hits;
    struct rnd_app app;
    struct rnd_input input;
    const char *folder; /* for pictures, NULL: none */
    const char *only;   /* how the names of the states begin that are looked at; "": all */
    char scripts[64];   /* a folder of copies, beside which marks are kept */
    unsigned faults;
};

static void draw(struct desk *desk)
{
    struct rnd_app *app = &desk->app;
    rnd_view_draw(&app->view, app->shown->model, &app->shown->script, desk->fonts, desk->list,
                  &desk->hits);
    assert_int_equal(rnd_list_error(desk->list), 0);
}

/* Until no run goes on, and all is known that somebody asked for. */
static void settle(struct desk *desk)
{
    struct rnd_app *app = &desk->app;
    for (int wait_ms = 0; rnd_app_goes_on(app) || wait_ms >= 0;) {
        (void)poll(NULL, 0, 1);
        assert_int_equal(rnd_app_poll(app), 0);
        int overlay_ms = rnd_overlay_work(app), inspect_ms = rnd_inspect_work(app, 1000000000);
        wait_ms = overlay_ms > inspect_ms ? overlay_ms : inspect_ms;
    }
}

/* --- doing ------------------------------------------------------------------------------------ */

/* A character that a key sends besides. */
static void send_text(struct desk *desk, char character)
{
    SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};
    event.text.text[0] = character;
    rnd_input_event(&desk->input, &event);
}

static void press_key(struct desk *desk, const char *key)
{
    SDL_Event event = {.key = {.type = SDL_KEYDOWN}};
    SDL_Keysym *sym = &event.key.keysym;
    for (size_t prefix = 1; prefix > 0; key += prefix) {
        prefix = strncmp(key, "Ctrl+", 5) == 0 ? 5 : strncmp(key, "Shift+", 6) == 0 ? 6 : 0;
        sym->mod |= prefix == 5 ? KMOD_LCTRL : prefix == 6 ? KMOD_LSHIFT : KMOD_NONE;
    }
    if (key[0] == '@') {
        sym->scancode = SDL_GetScancodeFromName(key + 1);
        sym->sym = SDL_GetKeyFromScancode(sym->scancode);
    } else {
        sym->sym = SDL_GetKeyFromName(key);
    }
    rnd_input_event(&desk->input, &event);
    if (sym->mod == KMOD_NONE && key[1] == '\0')
        send_text(desk, (char)SDL_tolower(key[0]));
}

static void type(struct desk *desk, const char *text)
{
    for (; *text; text++) {
        SDL_Event event = {.key = {.type = SDL_KEYDOWN}};
        rnd_input_event(&desk->input, &event);
        send_text(desk, *text == '_' ? ' ' : *text);
    }
}

/* The kind of a place by its name, and its value; RND_HIT_NOTHING: any. */
static enum rnd_hit_kind kind_of(const char *text, uint32_t *value)
{
#define KIND(name)                                                                                 \
    {                                                                                              \
#name, RND_HIT_##name                                                                      \
    }
    static const struct {
        const char *name;
        enum rnd_hit_kind kind;
    } kinds[] = {KIND(AXIS), KIND(NAME), KIND(MARK), KIND(TIMER), KIND(FACT)};
#undef KIND
    size_t length = strcspn(text, ":");
    *value = text[length] ? (uint32_t)atoi(text + length + 1) : RND_HIT_NOTHING;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i].name) == length && strncmp(kinds[i].name, text, length) == 0)
            return kinds[i].kind;
    fail_msg("there is no kind %s of places", text);
    return RND_HIT_NONE;
}

static void use_mouse(struct desk *desk, const char *place, uint8_t clicks)
{
    uint32_t value;
    enum rnd_hit_kind kind = kind_of(place, &value);
    draw(desk);
    for (size_t i = 0; i < desk->hits.count; i++) {
        const struct rnd_hit *hit = &desk->hits.items[i];
        if (hit->kind != kind || (value != RND_HIT_NOTHING && hit->value != value))
            continue;
        int x = (int)(hit->rect.x + hit->rect.w * 0.4), y = (int)(hit->rect.y + hit->rect.h / 2);
        SDL_Event event = {.motion = {.type = SDL_MOUSEMOTION, .x = x, .y = y}};
        rnd_input_event(&desk->input, &event);
        event = (SDL_Event){.button = {.type = SDL_MOUSEBUTTONDOWN,
                                       .button = SDL_BUTTON_LEFT,
                                       .clicks = clicks,
                                       .x = x,
                                       .y = y}};
        if (clicks)
            rnd_input_event(&desk->input, &event);
        event.button.type = SDL_MOUSEBUTTONUP;
        if (clicks)
            rnd_input_event(&desk->input, &event);
        return;
    }
    fail_msg("there is no place %s", place);
}

/* That the state is the one which it is named after. */
static void expect_text(struct desk *desk, const char *word)
{
    char text[64];
    size_t length = 0;
    for (; word[length] && length + 1 < sizeof text; length++)
        text[length] = word[length] == '_' ? ' ' : word[length];
    text[length] = '\0';
    draw(desk);
    for (size_t i = 0; i < rnd_list_count(desk->list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(desk->list, i);
        if (cmd->kind == RND_CMD_TEXT && strstr(rnd_list_string(desk->list, cmd), text))
            return;
    }
    fail_msg("nothing reads \"%s\"", text);
}

static void do_word(struct desk *desk, const char *word)
{
    struct rnd_app *app = &desk->app;
    if (strncmp(word, "at=", 3) == 0)
        rnd_app_go(app, rnd_model_at_time(app->shown->model, (int64_t)(atof(word + 3) * 1e9)));
    else if (strncmp(word, "event=", 6) == 0)
        rnd_app_go(app, rnd_model_moment(app->shown->model, (uint32_t)atoi(word + 6)));
    else if (strncmp(word, "type=", 5) == 0)
        type(desk, word + 5);
    else if (strncmp(word, "reads=", 6) == 0)
        expect_text(desk, word + 6);
    else if (strncmp(word, "point=", 6) == 0)
        use_mouse(desk, word + 6, 0);
    else if (strncmp(word, "click=", 6) == 0)
        use_mouse(desk, word + 6, 1);
    else if (strncmp(word, "twice=", 6) == 0)
        use_mouse(desk, word + 6, 2);
    else
        press_key(desk, word);
    settle(desk);
}

/* --- looking ---------------------------------------------------------------------------------- */

static void keep_picture(struct desk *desk, const char *name)
{
    const struct rnd_view *view = &desk->app.view;
    char path[512], error[256];
    (void)snprintf(path, sizeof path, "%s/%s-%d-%s.png", desk->folder, name, view->width_px,
                   view->theme->name);
    assert_int_equal(rnd_canvas_draw(desk->canvas, desk->list, NULL), 0);
    assert_int_equal(rnd_png_write(rnd_canvas_image(desk->canvas), path, error, sizeof error), 0);
}

static void look(struct desk *desk, const char *name, double contrast)
{
    const struct rnd_view *view = &desk->app.view;
    draw(desk);
    desk->page.scrolls = view->gallery != NULL;
    if (!legible_check(&desk->page, desk->list, contrast)) {
        print_error("%s, %d x %d, %s, after event %u: %s\n", name, view->width_px, view->height_px,
                    view->theme->name, view->moment.cursor, desk->page.fault);
        desk->faults++;
    }
    if (desk->folder)
        keep_picture(desk, name);
}

/* Where things are does not depend on the colours, nor what stands out on the size. */
static void look_in_all_themes(struct desk *desk, const char *name, size_t size)
{
    for (size_t i = 0; rnd_theme_at(i) && (i == 0 || size == SIZE_OF_THEMES || desk->folder); i++) {
        desk->app.view.theme = rnd_theme_at(i);
        bool high = strcmp(rnd_theme_at(i)->name, "contrast") == 0;
        look(desk, name, size != SIZE_OF_THEMES ? 0 : high ? 7 : 4.5);
    }
}

static void open_app(struct desk *desk, const char *lesson, size_t size)
{
    char path[512], error[256];
    (void)snprintf(path, sizeof path, "%s/%s", desk->scripts, lesson);
    static struct rnd_help help;
    rnd_binding_help(&help);
    struct rnd_app_options options = {
        .run = {.script = path, .worker = WORKER, .mute_stdout = true, .mute_stderr = true},
        .theme = rnd_theme_at(0),
        .help = help.rows,
        .help_count = help.count,
        .forget = true};
    if (rnd_app_open(&desk->app, &options, sizes[size].width_px, sizes[size].height_px, error,
                     sizeof error))
        fail_msg("%s: %s", path, error);
    desk->input = (struct rnd_input){.app = &desk->app, .hits = &desk->hits, .px_per_unit = 1};
    settle(desk);
}

static void look_at_scene(struct desk *desk, const struct scene *scene, size_t size)
{
    char words[256];
    (void)snprintf(words, sizeof words, "%s", scene->words);
    open_app(desk, scene->script, size);
    char *rest = words;
    for (char *word; (word = strtok_r(rest, " ", &rest));)
        do_word(desk, word);
    look_in_all_themes(desk, scene->name, size);
    rnd_app_close(&desk->app);
}

static void every_state_can_be_read(void **state)
{
    struct desk *desk = *state;
    for (size_t i = 0; i < SCENES; i++)
        for (size_t size = 0; size < SIZES && strstr(scenes[i].name, desk->only) == scenes[i].name;
             size++)
            look_at_scene(desk, &scenes[i], size);
    assert_int_equal(desk->faults, 0);
}

static int is_lesson(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return SDL_isdigit(entry->d_name[0]) && strcmp(entry->d_name + length - 3, ".py") == 0;
}

/* Up to the first that cannot be read. */
static void look_at_steps(struct desk *desk, const char *lesson, size_t size)
{
    open_app(desk, lesson, size);
    struct rnd_app *app = &desk->app;
    unsigned before = desk->faults;
    rnd_do_start(app, 0);
    for (uint32_t last = RND_NEVER; app->view.moment.cursor != last && desk->faults == before;) {
        last = app->view.moment.cursor;
        look(desk, lesson, 0);
        rnd_do_step(app, 1);
    }
    rnd_app_close(app);
}

static void every_step_of_every_lesson_can_be_read(void **state)
{
    struct desk *desk = *state;
    struct dirent **lessons;
    int count = scandir(desk->scripts, &lessons, is_lesson, alphasort);
    assert_true(count > 20);
    desk->folder = NULL;
    for (int i = 0; i < count; i++) {
        for (size_t size = 0; size < SIZES - 1; size++)
            look_at_steps(desk, lessons[i]->d_name, size);
        free(lessons[i]);
    }
    free(lessons);
    assert_int_equal(desk->faults, 0);
}

/* A folder with the lessons, and with scripts that are worse than any lesson. */
static void copy_scripts(char folder[64])
{
    char command[512];
    (void)snprintf(folder, 64, "/tmp/legible-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    (void)snprintf(command, sizeof command, "cp '%s'/*.py '%s'/*.py '%s'", LESSONS, SCRIPTS,
                   folder);
    if (system(command))
        abort();
}

static struct desk *desk_open(const char *folder, const char *only)
{
    static const char *const homes[] = {"XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"};
    char why[256];
    struct desk *desk = calloc(1, sizeof *desk);
    if (!desk || rnd_fonts_open(&desk->fonts, NULL, why, sizeof why) ||
        rnd_list_open(&desk->list) || rnd_canvas_open(&desk->canvas, desk->fonts) ||
        rnd_list_open(&desk->page.ground) || rnd_canvas_open(&desk->page.canvas, desk->fonts))
        abort();
    desk->page.fonts = desk->fonts;
    copy_scripts(desk->scripts);
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++)
        (void)setenv(homes[i], desk->scripts, 1);
    desk->folder = folder;
    desk->only = only;
    return desk;
}

static void desk_close(struct desk *desk)
{
    char command[128];
    (void)snprintf(command, sizeof command, "rm -r '%s'", desk->scripts);
    if (system(command))
        abort();
    rnd_canvas_close(desk->page.canvas);
    rnd_list_close(desk->page.ground);
    rnd_canvas_close(desk->canvas);
    rnd_list_close(desk->list);
    rnd_fonts_close(desk->fonts);
    free(desk);
}

int main(int argc, char **argv)
{
    struct desk *desk = desk_open(argc > 1 ? argv[1] : NULL, argc > 2 ? argv[2] : "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(every_state_can_be_read, desk),
        cmocka_unit_test_prestate(every_step_of_every_lesson_can_be_read, desk),
    };
    if (*desk->only)
        cmocka_set_test_filter("every_state_*");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    desk_close(desk);
    return failed;
}
