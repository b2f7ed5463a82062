#include "list.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "list_private.h"
#include "path.h"

enum { CLIP_DEPTH = 32 };

struct rnd_list {
    struct rnd_cmd *cmds;
    size_t count, room;
    char *arena; /* points and strings, each aligned for a point */
    size_t arena_bytes, arena_room;
    struct rnd_rect clips[CLIP_DEPTH]; /* [0] is the frame; each lies within the one before */
    size_t clip_depth;                 /* index of the clip in force */
    int width_px, height_px;
    int error;
};

int rnd_list_open(struct rnd_list **list)
{
    *list = calloc(1, sizeof **list);
    return *list ? SIM_OK : SIM_ENOMEM;
}

void rnd_list_close(struct rnd_list *list)
{
    if (list == NULL)
        return;
    free(list->cmds);
    free(list->arena);
    free(list);
}

void rnd_list_begin(struct rnd_list *list, int width_px, int height_px)
{
    assert(width_px > 0 && height_px > 0);
    list->count = 0;
    list->arena_bytes = 0;
    list->clips[0] = (struct rnd_rect){0, 0, width_px, height_px};
    list->clip_depth = 0;
    list->width_px = width_px;
    list->height_px = height_px;
    list->error = SIM_OK;
}

int rnd_list_error(const struct rnd_list *list)
{
    return list->error;
}

size_t rnd_list_count(const struct rnd_list *list)
{
    return list->count;
}

const struct rnd_cmd *rnd_list_at(const struct rnd_list *list, size_t index)
{
    assert(index < list->count);
    return &list->cmds[index];
}

const struct rnd_point *rnd_list_points(const struct rnd_list *list, const struct rnd_cmd *cmd)
{
    assert(cmd->kind == RND_CMD_LINE || cmd->kind == RND_CMD_POLYGON);
    return (const struct rnd_point *)(const void *)(list->arena + cmd->u.line.offset);
}

const char *rnd_list_string(const struct rnd_list *list, const struct rnd_cmd *cmd)
{
    assert(cmd->kind == RND_CMD_TEXT);
    return list->arena + cmd->u.text.offset;
}

int rnd_list_width_px(const struct rnd_list *list)
{
    return list->width_px;
}

int rnd_list_height_px(const struct rnd_list *list)
{
    return list->height_px;
}

/* Makes *memory hold need elements of that size; *room counts elements. */
static int grow(void **memory, size_t *room, size_t need, size_t element)
{
    if (need <= *room)
        return SIM_OK;
    size_t next = *room ? *room * 2 : 64;
    while (next < need)
        next *= 2;
    void *moved = realloc(*memory, next * element);
    if (moved == NULL)
        return SIM_ENOMEM;
    *memory = moved;
    *room = next;
    return SIM_OK;
}

struct rnd_cmd *rnd_list_push(struct rnd_list *list, enum rnd_cmd_kind kind, rnd_colour colour,
                              struct rnd_rect box)
{
    void *cmds = list->cmds;
    if (grow(&cmds, &list->room, list->count + 1, sizeof *list->cmds) < 0) {
        list->error = SIM_ENOMEM;
        return NULL;
    }
    list->cmds = cmds;
    struct rnd_cmd *cmd = &list->cmds[list->count++];
    memset(cmd, 0, sizeof *cmd);
    cmd->kind = kind;
    cmd->colour = colour;
    cmd->box = box;
    return cmd;
}

void *rnd_list_store(struct rnd_list *list, size_t bytes, uint32_t *offset)
{
    size_t align = sizeof(struct rnd_point);
    size_t rounded = (bytes + align - 1) / align * align;
    void *arena = list->arena;
    if (list->arena_bytes + rounded > UINT32_MAX ||
        grow(&arena, &list->arena_room, list->arena_bytes + rounded, 1) < 0) {
        list->error = SIM_ENOMEM;
        return NULL;
    }
    list->arena = arena;
    *offset = (uint32_t)list->arena_bytes;
    list->arena_bytes += rounded;
    return list->arena + *offset;
}

bool rnd_list_sees(const struct rnd_list *list, struct rnd_rect box)
{
    const struct rnd_rect *clip = &list->clips[list->clip_depth];
    return clip->w > 0 && clip->h > 0 && box.x < clip->x + clip->w && box.x + box.w > clip->x &&
           box.y < clip->y + clip->h && box.y + box.h > clip->y;
}

struct rnd_rect rnd_list_snap(struct rnd_rect rect)
{
    if (!(rect.w > 0 && rect.h > 0))
        return (struct rnd_rect){0};
    double x0 = rnd_path_round(rect.x), x1 = rnd_path_round(rect.x + rect.w);
    double y0 = rnd_path_round(rect.y), y1 = rnd_path_round(rect.y + rect.h);
    return (struct rnd_rect){x0, y0, fmax(x1 - x0, 1), fmax(y1 - y0, 1)};
}

static struct rnd_rect intersect(struct rnd_rect a, struct rnd_rect b)
{
    double x0 = fmax(a.x, b.x), x1 = fmin(a.x + a.w, b.x + b.w);
    double y0 = fmax(a.y, b.y), y1 = fmin(a.y + a.h, b.y + b.h);
    return (struct rnd_rect){x0, y0, fmax(x1 - x0, 0), fmax(y1 - y0, 0)};
}

void rnd_list_clip_push(struct rnd_list *list, struct rnd_rect rect)
{
    assert(list->clip_depth + 1 < CLIP_DEPTH);
    struct rnd_rect clip = intersect(list->clips[list->clip_depth], rnd_list_snap(rect));
    list->clips[++list->clip_depth] = clip;
    rnd_list_push(list, RND_CMD_CLIP, RND_NONE, clip);
}

void rnd_list_clip_pop(struct rnd_list *list)
{
    assert(list->clip_depth > 0);
    list->clip_depth--;
    struct rnd_rect clip = list->clips[list->clip_depth];
    if (list->count > 0 && list->cmds[list->count - 1].kind == RND_CMD_CLIP)
        list->cmds[list->count - 1].box = clip; /* nothing was drawn under it */
    else
        rnd_list_push(list, RND_CMD_CLIP, RND_NONE, clip);
}

struct rnd_rect rnd_list_clip(const struct rnd_list *list)
{
    return list->clips[list->clip_depth];
}

uint64_t rnd_list_cmd_hash(const struct rnd_list *list, const struct rnd_cmd *cmd)
{
    struct rnd_cmd plain;
    memcpy(&plain, cmd, sizeof plain); /* with its padding, which rnd_list_push made zero */
    const void *more = NULL;
    size_t bytes = 0;
    if (cmd->kind == RND_CMD_TEXT) {
        plain.u.text.offset = 0;
        more = rnd_list_string(list, cmd);
        bytes = cmd->u.text.bytes;
    } else if (cmd->kind == RND_CMD_LINE || cmd->kind == RND_CMD_POLYGON) {
        plain.u.line.offset = 0;
        more = rnd_list_points(list, cmd);
        bytes = cmd->u.line.count * sizeof(struct rnd_point);
    }
    uint64_t hash = rnd_hash_bytes(UINT64_C(0xcbf29ce484222325), &plain, sizeof plain);
    return bytes > 0 ? rnd_hash_bytes(hash, more, bytes) : hash;
}

uint64_t rnd_list_hash(const struct rnd_list *list)
{
    uint64_t hash = rnd_hash_bytes(0, &list->clips[0], sizeof list->clips[0]);
    for (size_t i = 0; i < list->count; i++) {
        uint64_t cmd = rnd_list_cmd_hash(list, &list->cmds[i]);
        hash = rnd_hash_bytes(hash, &cmd, sizeof cmd);
    }
    return hash;
}
