#include "bindings.h"

#include <assert.h>

#define KEY(name) RND_BIND_KEY, SDLK_##name
#define PLACE(name) RND_BIND_PLACE, SDL_SCANCODE_##name
#define TEXT(character) RND_BIND_TEXT, (character)
#define NOTE RND_BIND_NOTE, 0

const struct rnd_binding rnd_bindings[] = {
    {"Space", "play, pause", KEY(SPACE), false, RND_DO_PLAY, 0},
    {"Right", "one step forward", KEY(RIGHT), false, RND_DO_STEP, 1},
    {"Left", "one step back", KEY(LEFT), false, RND_DO_STEP, -1},
    {"Home", "to the start", KEY(HOME), false, RND_DO_START, 0},
    {"End", "to the end", KEY(END), false, RND_DO_END, 0},
    {"1", "step by event", PLACE(1), false, RND_DO_STEP_KIND, RND_STEP_EVENT},
    {"2", "step by task switch", PLACE(2), false, RND_DO_STEP_KIND, RND_STEP_SWITCH},
    {"3", "step by source line", PLACE(3), false, RND_DO_STEP_KIND, RND_STEP_LINE},
    {"4", "step by iteration of the loop", PLACE(4), false, RND_DO_STEP_KIND, RND_STEP_ITERATION},
    {".", "next change of the selected task", KEY(PERIOD), false, RND_DO_TASK_STEP, 1},
    {",", "previous change of it", KEY(COMMA), false, RND_DO_TASK_STEP, -1},
    {"Down", "select the next lane", KEY(DOWN), false, RND_DO_SELECT, 1},
    {"Up", "select the previous lane", KEY(UP), false, RND_DO_SELECT, -1},
    {"W", "zoom in", PLACE(W), false, RND_DO_ZOOM, 1},
    {"S", "zoom out", PLACE(S), false, RND_DO_ZOOM, -1},
    {"A", "look to the left", PLACE(A), false, RND_DO_PAN, -1},
    {"D", "look to the right", PLACE(D), false, RND_DO_PAN, 1},
    {"F", "fit the whole run; again: to the playhead", KEY(f), false, RND_DO_FIT, 0},
    {"+", "play faster", TEXT('+'), false, RND_DO_SPEED, 1},
    {NULL, NULL, TEXT('='), false, RND_DO_SPEED, 1},
    {"-", "play slower", TEXT('-'), false, RND_DO_SPEED, -1},
    {"T", "the other theme", KEY(t), false, RND_DO_THEME, 0},
    {"Ctrl +", "everything larger", KEY(PLUS), true, RND_DO_SIZE, 1},
    {NULL, NULL, KEY(EQUALS), true, RND_DO_SIZE, 1},
    {NULL, NULL, KEY(KP_PLUS), true, RND_DO_SIZE, 1},
    {"Ctrl -", "everything smaller", KEY(MINUS), true, RND_DO_SIZE, -1},
    {NULL, NULL, KEY(KP_MINUS), true, RND_DO_SIZE, -1},
    {"Ctrl 0", "as large as at first", KEY(0), true, RND_DO_SIZE, 0},
    {"F5", "run the script again", KEY(F5), false, RND_DO_RUN, 0},
    {"F11", "full screen", KEY(F11), false, RND_DO_FULLSCREEN, 0},
    {"?", "this help", TEXT('?'), false, RND_DO_HELP, 0},
    {NULL, NULL, KEY(F1), false, RND_DO_HELP, 0},
    {"Esc", "close the help, or clear the selection", KEY(ESCAPE), false, RND_DO_CLEAR, 0},
    {"Ctrl Q", "close the window", KEY(q), true, RND_DO_QUIT, 0},
    {"Click", "on the timeline or the strip: go there", NOTE, false, RND_DO_PLAY, 0},
    {"Click", "on a lane's name: select it", NOTE, false, RND_DO_PLAY, 0},
    {"Double click", "on a line of source or output: go there", NOTE, false, RND_DO_PLAY, 0},
    {"Wheel", "scroll what is under the pointer", NOTE, false, RND_DO_PLAY, 0},
    {"Ctrl wheel", "zoom at the pointer", NOTE, false, RND_DO_PLAY, 0},
    {"Shift drag", "or with the middle button: pan", NOTE, false, RND_DO_PLAY, 0},
};
const size_t rnd_binding_count = sizeof rnd_bindings / sizeof *rnd_bindings;

const struct rnd_binding *rnd_binding_of_key(const SDL_Keysym *key)
{
    bool ctrl = (key->mod & KMOD_CTRL) != 0;
    if (key->mod & (KMOD_ALT | KMOD_GUI))
        return NULL;
    for (size_t i = 0; i < rnd_binding_count; i++) {
        const struct rnd_binding *b = &rnd_bindings[i];
        if (b->ctrl == ctrl && ((b->kind == RND_BIND_KEY && b->code == key->sym) ||
                                (b->kind == RND_BIND_PLACE && b->code == (int)key->scancode)))
            return b;
    }
    return NULL;
}

const struct rnd_binding *rnd_binding_of_text(const char *text)
{
    for (size_t i = 0; i < rnd_binding_count; i++)
        if (rnd_bindings[i].kind == RND_BIND_TEXT && rnd_bindings[i].code == text[0] && !text[1])
            return &rnd_bindings[i];
    return NULL;
}

size_t rnd_binding_help(struct rnd_help_row rows[RND_HELP_ROWS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < rnd_binding_count; i++)
        if (rnd_bindings[i].keys) {
            assert(count < RND_HELP_ROWS_MAX);
            rows[count++] = (struct rnd_help_row){rnd_bindings[i].keys, rnd_bindings[i].help};
        }
    return count;
}
