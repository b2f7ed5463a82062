/* A stage for views: a story with all that it takes to draw it, and what its frames show. */
#ifndef VIEW_STAGE_H
#define VIEW_STAGE_H

#include "trace_story.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "render/draw/canvas.h"
#include "render/view/view.h"

static const struct {
    int width_px, height_px;
} sizes[] = {{1024, 640}, {1280, 720}, {1366, 768}, {1920, 1080}, {2560, 1080}, {3840, 2160}};
#define SIZES (sizeof sizes / sizeof *sizes)

/* A story with all that it takes to draw it. */
struct stage {
    struct story story;
    struct rnd_model *model;
    struct rnd_script script;
    struct rnd_fonts *fonts;
    struct rnd_list *list;
    struct rnd_canvas *canvas;
    struct rnd_hits hits;
    struct rnd_view view;
    char path[32];
};

static inline void write_script(struct stage *stage, const char *text)
{
    (void)snprintf(stage->path, sizeof stage->path, "/tmp/story-XXXXXX");
    int fd = mkstemp(stage->path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    assert_int_equal(close(fd), 0);
    assert_int_equal(rnd_script_open(&stage->script, stage->path), 0);
}

/* Call when the story is told. */
static inline void open_stage(struct stage *stage)
{
    char why[256];
    stage->model = story_model(&stage->story);
    write_script(stage, "# title: A story\nimport asyncio\n\n"
                        "async def io_task():\n    await asyncio.sleep(1)\n    return 'ok'\n\n"
                        "async def main():\n    print('both')\n\nasyncio.run(main())\n");
    assert_int_equal(rnd_fonts_open(&stage->fonts, NULL, why, sizeof why), 0);
    assert_int_equal(rnd_list_open(&stage->list), 0);
    assert_int_equal(rnd_canvas_open(&stage->canvas, stage->fonts), 0);
    stage->view = rnd_view_make(stage->model, rnd_theme_find("dark"), 1920, 1080, 0);
}

static inline void close_stage(struct stage *stage)
{
    rnd_canvas_close(stage->canvas);
    rnd_list_close(stage->list);
    rnd_fonts_close(stage->fonts);
    rnd_script_close(&stage->script);
    (void)unlink(stage->path);
    rnd_model_free(stage->model);
    story_close(&stage->story);
    free(stage);
}

static inline struct stage *gather_stage(void)
{
    struct stage *stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    story_open(&stage->story, 1000);
    (void)story_of_gather(&stage->story);
    open_stage(stage);
    return stage;
}

/* Draws the view at a cursor. */
static inline void draw(struct stage *stage, uint32_t cursor)
{
    stage->view.moment = rnd_model_moment(stage->model, cursor);
    rnd_view_follow(&stage->view, stage->model, &stage->script);
    rnd_view_draw(&stage->view, stage->model, &stage->script, stage->fonts, stage->list,
                  &stage->hits);
    assert_int_equal(rnd_list_error(stage->list), 0);
    assert_int_equal(rnd_canvas_draw(stage->canvas, stage->list, NULL), 0);
}

static inline bool shows(const struct stage *stage, const char *text)
{
    for (size_t i = 0; i < rnd_list_count(stage->list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(stage->list, i);
        if (cmd->kind == RND_CMD_TEXT && strcmp(rnd_list_string(stage->list, cmd), text) == 0)
            return true;
    }
    return false;
}

static inline struct rnd_rect cut(struct rnd_rect a, struct rnd_rect b)
{
    double x = fmax(a.x, b.x), y = fmax(a.y, b.y);
    return (struct rnd_rect){x, y, fmax(fmin(a.x + a.w, b.x + b.w) - x, 0),
                             fmax(fmin(a.y + a.h, b.y + b.h) - y, 0)};
}

static inline bool overlap(struct rnd_rect a, struct rnd_rect b)
{
    struct rnd_rect both = cut(a, b);
    return both.w > 1 && both.h > 1;
}

/* What a text covers, seen through the clip: capitals only, as descenders may touch what is below.
 */
static inline struct rnd_rect text_box(struct stage *stage, const struct rnd_cmd *cmd,
                                       struct rnd_rect clip)
{
    const char *text = rnd_list_string(stage->list, cmd);
    double size = cmd->u.text.size_px, cap = rnd_font_cap_px(stage->fonts, cmd->u.text.font, size);
    double width = rnd_font_width_px(stage->fonts, cmd->u.text.font, size, text);
    if (cmd->box.w > 0)
        width = fmin(width, cmd->box.w);
    double share = cmd->u.text.align == RND_ALIGN_LEFT    ? 0
                   : cmd->u.text.align == RND_ALIGN_RIGHT ? 1
                                                          : 0.5;
    return cut((struct rnd_rect){cmd->box.x - share * width, cmd->box.y - cap, width, cap}, clip);
}

static inline void assert_texts_apart(struct stage *stage)
{
    struct rnd_rect boxes[1024], clip = {0, 0, stage->view.width_px, stage->view.height_px};
    const char *texts[1024];
    size_t count = 0;
    for (size_t i = 0; i < rnd_list_count(stage->list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(stage->list, i);
        if (cmd->kind == RND_CMD_CLIP)
            clip = cmd->box;
        if (cmd->kind != RND_CMD_TEXT)
            continue;
        assert_true(count < 1024);
        boxes[count] = text_box(stage, cmd, clip);
        texts[count] = rnd_list_string(stage->list, cmd);
        for (size_t other = 0; other < count; other++)
            if (overlap(boxes[other], boxes[count]))
                fail_msg("at %d x %d, cursor %u: \"%s\" lies over \"%s\"", stage->view.width_px,
                         stage->view.height_px, stage->view.moment.cursor, texts[count],
                         texts[other]);
        count++;
    }
    assert_true(count > 10);
}

#endif
