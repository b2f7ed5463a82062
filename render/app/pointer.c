#include "pointer.h"

#include "press.h"

#include <stdio.h>
#include <string.h>

/* How long it rests before it is told what it points at. */
#define REST_NS INT64_C(600000000)

void rnd_pointer_close(struct rnd_pointer *pointer)
{
    for (size_t i = 0; i < SDL_NUM_SYSTEM_CURSORS; i++)
        if (pointer->shapes[i])
            SDL_FreeCursor(pointer->shapes[i]);
}

static SDL_SystemCursor shape_of(const struct rnd_input *input, struct rnd_hit hit)
{
    uint32_t splitter = input->drag == RND_DRAG_SPLITTER ? input->splitter : hit.value;
    if (input->drag == RND_DRAG_PAN)
        return SDL_SYSTEM_CURSOR_SIZEALL;
    if (input->drag == RND_DRAG_CURSOR || hit.kind == RND_HIT_EDGE || hit.kind == RND_HIT_PLAYHEAD)
        return SDL_SYSTEM_CURSOR_SIZEWE;
    if (hit.kind == RND_HIT_FIELD)
        return SDL_SYSTEM_CURSOR_IBEAM;
    if (input->drag != RND_DRAG_SPLITTER && hit.kind != RND_HIT_SPLITTER)
        return SDL_SYSTEM_CURSOR_ARROW;
    return splitter == RND_SPLITTER_COLUMN || splitter == RND_SPLITTER_INSPECTOR
               ? SDL_SYSTEM_CURSOR_SIZEWE
               : SDL_SYSTEM_CURSOR_SIZENS;
}

static void set_shape(struct rnd_pointer *pointer, SDL_SystemCursor shape)
{
    if (shape == pointer->shape)
        return;
    if (!pointer->shapes[shape])
        pointer->shapes[shape] = SDL_CreateSystemCursor(shape);
    if (pointer->shapes[shape])
        SDL_SetCursor(pointer->shapes[shape]);
    pointer->shape = shape;
}

int64_t rnd_pointer_look(struct rnd_pointer *pointer, struct rnd_input *input, int64_t elapsed_ns)
{
    struct rnd_view *view = &input->app->view;
    struct rnd_hit hit = rnd_hits_at(input->hits, view->pointer_x, view->pointer_y);
    bool same = hit.kind == pointer->over.kind && hit.value == pointer->over.value;
    bool shown = *view->tip != '\0';
    set_shape(pointer, shape_of(input, hit));
    pointer->over = hit;
    pointer->still_ns = same && !input->moved ? pointer->still_ns + elapsed_ns : 0;
    input->moved = false;
    input->pressed = input->pressed && same;

    char tip[RND_TIP_MAX] = "";
    if (view->pointer_in && input->drag == RND_DRAG_NONE && !input->pressed)
        rnd_press_tip(input->app, hit, tip);
    bool show = *tip && ((shown && same) || pointer->still_ns >= REST_NS);
    if (strcmp(view->tip, show ? tip : "") != 0) {
        (void)snprintf(view->tip, sizeof view->tip, "%s", show ? tip : "");
        view->tip_for = hit.rect;
        input->app->changed = true;
    }
    return *tip && !show ? REST_NS - pointer->still_ns : -1;
}
