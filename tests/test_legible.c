/* Every state of the window can be read: at each size, in each theme.
 *
 * test_legible FOLDER writes the pictures there, too, for people to look at.
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

/* A state: a lesson, and what is done to it, in words: `event=N` and `at=SECONDS` put the playhead
 * somewhere, `type=TEXT` types, `point=KIND` and `click=KIND` and `twice=KIND` use the mouse on the
 * first such place, with `KIND:VALUE` on that one; anything else is a key's name. */
struct scene {
    const char *name, *script, *words;
};

static const struct scene scenes[] = {
    {"start", "02-gather.py", "Home"},
    {"end", "02-gather.py", "End"},
    {"late", "03-time-sleep.py", "End"},
    {"blocked", "03-time-sleep.py", "at=2.0"},
    {"timed-out", "06-wait-for.py", "End"},
    {"failed", "13-gather-exception.py", "End"},
    {"cancelled", "09-task-group.py", "End"},
    {"threads", "08-three-ways.py", "End"},
    {"to-thread", "24-to-thread.py", "at=4.5"},
    {"deadlock", "20-deadlock.py", "End"},
    {"warnings", "21-forgotten-await.py", "End"},
    {"arrows-selected", "17-queue.py", "at=4.4 Down Down L"},
    {"arrows-all", "17-queue.py", "at=4.4 L L"},
    {"range", "02-gather.py", "at=1.6 R at=6.6 R"},
    {"range-of-span", "16-semaphore.py", "at=1 Down Down Shift+R"},
    {"mark-field", "16-semaphore.py", "at=1.2 M type=a_place_is_free"},
    {"note-field", "16-semaphore.py", "at=1.2 M type=a_place Tab type=why"},
    {"note", "16-semaphore.py", "at=1.2 M type=a_place Tab type=somebody_waits_here Return"},
    {"filter", "30-crawler.py", "at=1.2 Ctrl+F type=A"},
    {"pinned", "30-crawler.py", "at=1.2 Down Down Down K"},
    {"zoomed", "30-crawler.py", "at=1.2 @W @W @W @W"},
    {"flat", "30-crawler.py", "at=1.2 H O J"},
    {"search", "30-crawler.py", "at=1.2 / type=tea"},
    {"search-nothing", "30-crawler.py", "at=1.2 / type=xyzzy"},
    {"palette", "30-crawler.py", "at=1.2 Ctrl+P"},
    {"palette-typed", "30-crawler.py", "at=1.2 Ctrl+P type=step"},
    {"open", "30-crawler.py", "Ctrl+O"},
    {"gallery", "30-crawler.py", "Ctrl+G"},
    {"help", "30-crawler.py", "?"},
    {"predict", "14-as-completed.py", "Home Q"},
    {"predict-done", "14-as-completed.py", "Home Q Return"},
    {"record", "14-as-completed.py", "Ctrl+R"},
    {"compare-02", "02-gather.py", "Ctrl+D End"},
    {"compare-03", "03-time-sleep.py", "Ctrl+D at=2"},
    {"compare-08", "08-three-ways.py", "Ctrl+D End"},
    {"compare-15", "15-lock.py", "Ctrl+D End"},
    {"compare-24", "24-to-thread.py", "Ctrl+D at=1"},
    {"inspect-task", "11-cancel.py", "at=2 Down Down I"},
    {"inspect-failed", "13-gather-exception.py", "End Down Down Down I"},
    {"inspect-timer", "05-wait.py", "at=1 click=TIMER I"},
    {"inspect-gather", "05-wait.py", "at=1 Down I click=FACT"},
    {"inspect-queue", "17-queue.py", "at=2.2 Down Down I click=FACT:1"},
    {"inspect-lock", "15-lock.py", "at=3 Down Down Down Down Down I click=FACT:1"},
    {"inspect-group", "09-task-group.py", "at=1 Down I click=FACT:1"},
    {"inspect-semaphore", "16-semaphore.py", "at=1 Down Down Down Down I click=FACT:1"},
    {"params-many", "15-lock.py", "at=1 V F2 type=3"},
    {"present", "06-wait-for.py", "at=2 P"},
    {"present-code", "06-wait-for.py", "at=2 P F6"},
    {"layout-code", "02-gather.py", "at=12 F6"},
    {"layout-timeline", "02-gather.py", "at=12 F6 F6"},
    {"larger", "17-queue.py", "at=2.2 Ctrl+= Ctrl+= Ctrl+="},
    {"collapsed", "17-queue.py", "at=2.2 Ctrl+1 Ctrl+3"},
    {"show-keys", "17-queue.py", "at=2.2 Ctrl+K Right"},
    {"output-of-one", "02-gather.py", "End Down Down E"},
    {"hover-axis", "02-gather.py", "at=8 point=AXIS"},
    {"hover-name", "02-gather.py", "at=8 point=NAME"},
    {"hover-mark", "02-gather.py", "at=8 point=MARK"},
    {"callback", "28-loop.py", "event=35"},
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
    char lessons[64];   /* copies of the lessons, beside which marks are kept */
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

static void press_key(struct desk *desk, const char *key)
{
    SDL_Event event = {.key = {.type = SDL_KEYDOWN}};
    SDL_Keysym *sym = &event.key.keysym;
    for (bool more = true; more;) {
        more = false;
        if (strncmp(key, "Ctrl+", 5) == 0)
            sym->mod |= KMOD_LCTRL, key += 5, more = true;
        else if (strncmp(key, "Shift+", 6) == 0)
            sym->mod |= KMOD_LSHIFT, key += 6, more = true;
    }
    if (key[0] == '@') {
        sym->scancode = SDL_GetScancodeFromName(key + 1);
        sym->sym = SDL_GetKeyFromScancode(sym->scancode);
    } else {
        sym->sym = SDL_GetKeyFromName(key);
    }
    rnd_input_event(&desk->input, &event);
    if (sym->mod == KMOD_NONE && key[1] == '\0' && !SDL_isalnum(key[0])) {
        SDL_Event text = {.text = {.type = SDL_TEXTINPUT}};
        text.text.text[0] = key[0];
        rnd_input_event(&desk->input, &text);
    }
}

static void type(struct desk *desk, const char *text)
{
    for (; *text; text++) {
        SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};
        event.text.text[0] = *text == '_' ? ' ' : *text;
        rnd_input_event(&desk->input, &event);
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

static void do_word(struct desk *desk, const char *word)
{
    struct rnd_app *app = &desk->app;
    if (strncmp(word, "at=", 3) == 0)
        rnd_app_go(app, rnd_model_at_time(app->shown->model, (int64_t)(atof(word + 3) * 1e9)));
    else if (strncmp(word, "event=", 6) == 0)
        rnd_app_go(app, rnd_model_moment(app->shown->model, (uint32_t)atoi(word + 6)));
    else if (strncmp(word, "type=", 5) == 0)
        type(desk, word + 5);
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
    (void)snprintf(path, sizeof path, "%s/%s", desk->lessons, lesson);
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
        for (size_t size = 0; size < SIZES; size++)
            look_at_scene(desk, &scenes[i], size);
    assert_int_equal(desk->faults, 0);
}

static int is_lesson(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 3 && strcmp(entry->d_name + length - 3, ".py") == 0;
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
    int count = scandir(desk->lessons, &lessons, is_lesson, alphasort);
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

/* A folder with the lessons in it, as marks are kept beside them. */
static void copy_lessons(char folder[64])
{
    char command[512];
    (void)snprintf(folder, 64, "/tmp/legible-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    (void)snprintf(command, sizeof command, "cp '%s'/*.py '%s'", LESSONS, folder);
    if (system(command))
        abort();
}

static struct desk *desk_open(const char *folder)
{
    char why[256];
    struct desk *desk = calloc(1, sizeof *desk);
    if (!desk || rnd_fonts_open(&desk->fonts, NULL, why, sizeof why) ||
        rnd_list_open(&desk->list) || rnd_canvas_open(&desk->canvas, desk->fonts) ||
        rnd_list_open(&desk->page.ground) || rnd_canvas_open(&desk->page.canvas, desk->fonts))
        abort();
    desk->page.fonts = desk->fonts;
    copy_lessons(desk->lessons);
    desk->folder = folder;
    return desk;
}

static void desk_close(struct desk *desk)
{
    char command[128];
    (void)snprintf(command, sizeof command, "rm -r '%s'", desk->lessons);
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
    struct desk *desk = desk_open(argc > 1 ? argv[1] : NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(every_state_can_be_read, desk),
        cmocka_unit_test_prestate(every_step_of_every_lesson_can_be_read, desk),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    desk_close(desk);
    return failed;
}
