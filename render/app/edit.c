#include "edit.h"

static void copy(const struct rnd_field *field)
{
    char text[RND_FIELD_MAX];
    rnd_field_selected(field, text);
    if (*text)
        (void)SDL_SetClipboardText(text);
}

static enum rnd_edit edit_with_ctrl(struct rnd_field *field, SDL_Keycode key)
{
    switch (key) {
    case SDLK_a:
        rnd_field_select_all(field);
        return RND_EDIT_MOVED;
    case SDLK_c:
        copy(field);
        return RND_EDIT_MOVED;
    case SDLK_x:
        copy(field);
        rnd_field_insert(field, "");
        return RND_EDIT_CHANGED;
    case SDLK_v: {
        char *text = SDL_GetClipboardText();
        if (text)
            rnd_field_insert(field, text);
        SDL_free(text);
        return RND_EDIT_CHANGED;
    }
    default:
        return RND_EDIT_NOT;
    }
}

/* Where a key moves the cursor to; false: it does not. */
static bool movement(SDL_Keycode key, bool ctrl, enum rnd_field_move *move)
{
    static const struct {
        SDL_Keycode key;
        enum rnd_field_move plain, ctrl;
    } moves[] = {{SDLK_LEFT, RND_FIELD_LEFT, RND_FIELD_WORD_LEFT},
                 {SDLK_RIGHT, RND_FIELD_RIGHT, RND_FIELD_WORD_RIGHT},
                 {SDLK_HOME, RND_FIELD_START, RND_FIELD_START},
                 {SDLK_END, RND_FIELD_END, RND_FIELD_END}};
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (moves[i].key == key) {
            *move = ctrl ? moves[i].ctrl : moves[i].plain;
            return true;
        }
    return false;
}

enum rnd_edit rnd_edit_key(struct rnd_field *field, const SDL_Keysym *key)
{
    bool ctrl = (key->mod & KMOD_CTRL) != 0, shift = (key->mod & KMOD_SHIFT) != 0;
    enum rnd_field_move move;
    if (movement(key->sym, ctrl, &move)) {
        rnd_field_move(field, move, shift);
        return RND_EDIT_MOVED;
    }
    switch (key->sym) {
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        return RND_EDIT_ACCEPT;
    case SDLK_ESCAPE:
        return RND_EDIT_CANCEL;
    case SDLK_BACKSPACE:
        rnd_field_erase(field, ctrl ? RND_FIELD_WORD_LEFT : RND_FIELD_LEFT);
        return RND_EDIT_CHANGED;
    case SDLK_DELETE:
        rnd_field_erase(field, ctrl ? RND_FIELD_WORD_RIGHT : RND_FIELD_RIGHT);
        return RND_EDIT_CHANGED;
    case SDLK_UP:
    case SDLK_DOWN:
    case SDLK_TAB:
        return RND_EDIT_NOT;
    default:
        break;
    }
    if (ctrl)
        return edit_with_ctrl(field, key->sym);
    return key->sym >= SDLK_F1 && key->sym <= SDLK_SCANCODE_MASK + SDL_SCANCODE_PAGEDOWN
               ? RND_EDIT_NOT
               : RND_EDIT_MOVED;
}

enum rnd_edit rnd_edit_text(struct rnd_field *field, const char *text)
{
    rnd_field_insert(field, text);
    return RND_EDIT_CHANGED;
}
