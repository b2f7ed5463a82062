/* Layouts as they are drawn: in every shape, theme and size of type, with panels collapsed. */
#include "view_stage.h"

static void set_layout(struct stage *stage, const struct rnd_layout_spec *spec, int width_px,
                       int height_px)
{
    stage->view.width_px = width_px;
    stage->view.height_px = height_px;
    rnd_view_set_layout(&stage->view, spec, 0);
    rnd_view_fit(&stage->view, stage->model, &stage->script);
}

static void no_text_lies_over_another_in_any_layout(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    for (size_t mode = 0; mode < RND_LAYOUT_MODES; mode++)
        for (int large = 0; large < 2; large++) {
            const struct rnd_layout_shape *shape = &rnd_layout_shapes[mode];
            struct rnd_layout_spec spec = {.mode = shape->mode, .bare = large, .large = large};
            set_layout(stage, &spec, shape->width_px, shape->height_px);
            for (uint32_t cursor = 0; cursor <= stage->model->event_count; cursor++) {
                draw(stage, cursor);
                assert_texts_apart(stage);
            }
        }
    close_stage(stage);
}

static void assert_no_text_is_small(const struct stage *stage)
{
    size_t texts = 0;
    for (size_t i = 0; i < rnd_list_count(stage->list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(stage->list, i);
        if (cmd->kind == RND_CMD_TEXT && cmd->u.text.size_px < 20)
            fail_msg("\"%s\" is %.1f px high at %d x %d", rnd_list_string(stage->list, cmd),
                     (double)cmd->u.text.size_px, stage->view.width_px, stage->view.height_px);
        texts += cmd->kind == RND_CMD_TEXT;
    }
    assert_true(texts > 10);
}

static void no_text_is_small_in_a_presentation(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    for (size_t mode = 0; mode < RND_LAYOUT_MODES; mode++) {
        const struct rnd_layout_shape *shape = &rnd_layout_shapes[mode];
        for (int film = 0; film < 2; film++) {
            struct rnd_layout_spec spec = {
                .mode = shape->mode, .bare = true, .film = film, .large = true};
            set_layout(stage, &spec, shape->width_px, shape->height_px);
            for (uint32_t cursor = 0; cursor <= stage->model->event_count; cursor++) {
                draw(stage, cursor);
                assert_no_text_is_small(stage);
                for (size_t i = 0; i < stage->hits.count; i++)
                    assert_int_not_equal(stage->hits.items[i].kind, RND_HIT_BUTTON);
            }
        }
    }
    close_stage(stage);
}

static void a_step_lies_at_the_lower_edge_of_the_timeline(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    stage->view.step_shown = (struct rnd_step_shown){
        .keys = {"2", "Shift Right"}, .text = "switch to io_task #1", .share = 1};
    for (size_t mode = 0; mode < RND_LAYOUT_MODES; mode++)
        for (size_t theme = 0; rnd_theme_at(theme); theme++) {
            const struct rnd_layout_shape *shape = &rnd_layout_shapes[mode];
            struct rnd_layout_spec spec = {.mode = shape->mode, .film = true};
            size_t seen = 0;
            stage->view.theme = rnd_theme_at(theme);
            set_layout(stage, &spec, shape->width_px, shape->height_px);
            draw(stage, 20);
            struct rnd_rect panel = rnd_view_layout(&stage->view).timeline;
            for (size_t i = rnd_list_count(stage->list) - 6; i < rnd_list_count(stage->list); i++) {
                const struct rnd_cmd *cmd = rnd_list_at(stage->list, i);
                if (cmd->kind != RND_CMD_TEXT)
                    continue;
                assert_true(cmd->u.text.size_px >= 20);
                assert_true(rnd_rect_has(panel, cmd->box.x, cmd->box.y));
                assert_true(cmd->box.y > panel.y + panel.h * 0.8);
                seen++;
            }
            assert_int_equal(seen, 3);
            assert_true(shows(stage, "switch to io_task #1") && shows(stage, "Shift Right"));
        }
    close_stage(stage);
}

static void a_collapsed_panel_shows_its_title_only(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    struct rnd_layout_spec spec = {0};
    for (size_t i = 0; i < SIZES; i++) {
        spec.collapsed[RND_PANEL_OUTPUT] = spec.collapsed[RND_PANEL_LOOP] = true;
        spec.collapsed[RND_PANEL_CAPTION] = true;
        spec.collapsed[RND_PANEL_SOURCE] = false;
        set_layout(stage, &spec, sizes[i].width_px, sizes[i].height_px);
        draw(stage, stage->model->event_count);
        assert_true(shows(stage, "Output") && shows(stage, "Event loop"));
        assert_false(shows(stage, "both") || shows(stage, "Running now"));
        assert_texts_apart(stage);
        spec.collapsed[RND_PANEL_SOURCE] = true;
        set_layout(stage, &spec, sizes[i].width_px, sizes[i].height_px);
        draw(stage, stage->model->event_count);
        assert_texts_apart(stage);
    }
    close_stage(stage);
}

/* What has no room for all of its name is not cut short where a shorter name will do. */
static void a_narrow_loop_panel_says_less(void **state)
{
    (void)state;
    struct stage *stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    struct story *s = &stage->story;
    story_open(s, 1000);
    uint32_t main = story_begin(s), timer = 50;
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_START);
    SIM_PUT(&s->trace, HANDLE, 0, 0, timer, story_text(s, "a_callback_with_a_long_name"), 0);
    SIM_PUT_NS(&s->trace, TIMER_ARMED, SIM_TIMER_CALL, timer, 5 * SECOND);
    (void)story_sleep(s, SECOND);
    open_stage(stage);
    struct rnd_layout_spec spec = {0};
    set_layout(stage, &spec, 1920, 1080);
    draw(stage, stage->model->event_count);
    assert_true(shows(stage, "Ready queue (runs next, in this order)"));
    assert_true(shows(stage, "main · sleep(1)") && shows(stage, "a_callback_with_a_long_name"));
    spec.inspector = true;
    set_layout(stage, &spec, 1366, 768);
    draw(stage, stage->model->event_count);
    assert_true(shows(stage, "Ready queue"));
    /* A sleep is its task's; a callback is not that of who asked for it. */
    assert_false(shows(stage, "main · sleep(1)"));
    struct rnd_rect panel = rnd_view_layout(&stage->view).loop;
    panel = (struct rnd_rect){panel.x + panel.w / 2, panel.y, panel.w / 2, panel.h};
    int names = 0;
    for (size_t i = 0; i < rnd_list_count(stage->list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(stage->list, i);
        names += cmd->kind == RND_CMD_TEXT && rnd_rect_has(panel, cmd->box.x, cmd->box.y) &&
                 strcmp(rnd_list_string(stage->list, cmd), "main") == 0;
    }
    assert_int_equal(names, 1);
    close_stage(stage);
}

static void a_run_without_tasks_says_so_once_it_is_over(void **state)
{
    (void)state;
    for (int over = 0; over < 2; over++) {
        struct stage *stage = calloc(1, sizeof *stage);
        assert_non_null(stage);
        story_open(&stage->story, 1000);
        SIM_PUT(&stage->story.trace, RUN_BEGIN, 0, 0, 0, story_text(&stage->story, "story.py"), 0);
        if (over)
            SIM_PUT(&stage->story.trace, RUN_END, SIM_END_OK, 0, 0, 0, 0);
        open_stage(stage);
        set_layout(stage, &(struct rnd_layout_spec){.inspector = true}, 1920, 1080);
        draw(stage, stage->model->event_count);
        assert_true(shows(stage, over ? "no tasks" : "no task yet"));
        assert_true(shows(stage, over ? "there is no task" : "there is no task yet"));
        close_stage(stage);
    }
}

static void a_script_that_is_not_there_is_missed(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    rnd_script_close(&stage->script);
    assert_int_equal(rnd_script_open(&stage->script, "/nowhere/at-all.py"), 0);
    draw(stage, stage->model->event_count);
    assert_true(shows(stage, "there is no file at-all.py here"));
    close_stage(stage);
}

static void what_was_scrolled_to_stays_on_top(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    const int width_px = 1024, height_px = 640;
    static const struct rnd_layout_spec spec = {0};
    set_layout(stage, &spec, width_px, height_px);
    stage->script.files[0].row_count = 200;
    stage->view.code_px = 7 * rnd_view_layout(&stage->view).code_row_px;
    for (double scale = 0.8; scale < 4; scale *= 1.1) {
        rnd_view_resize(&stage->view, (int)(width_px * scale), (int)(height_px * scale), scale,
                        stage->model, &stage->script);
        double row_px = rnd_view_layout(&stage->view).code_row_px;
        assert_true(stage->view.code_px == 7 * row_px);
    }
    close_stage(stage);
}

static void the_line_that_runs_stays_in_sight(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    enum { LAST_LINE = 11 };
    const int width_px = 1280, height_px = 720;
    static const struct rnd_layout_spec spec = {0}, low = {.shares[RND_SPLITTER_OUTPUT] = 0.9};
    struct rnd_view *view = &stage->view;
    set_layout(stage, &spec, width_px, height_px);
    for (uint32_t i = 0; i < stage->model->line_count; i++)
        stage->model->lines[i].line = LAST_LINE;
    draw(stage, stage->model->event_count);
    assert_true(view->code_px == 0); /* all is seen */
    view->spec = low;
    rnd_view_resize(view, width_px, height_px, view->scale, stage->model, &stage->script);
    struct rnd_layout now = rnd_view_layout(view);
    double bottom = (rnd_script_row_of(&stage->script, 0, LAST_LINE) + 1) * now.code_row_px;
    assert_true(now.code.h < bottom && view->code_px + now.code.h >= bottom);
    /* Unless somebody looks at another. */
    view->follows = false;
    view->code_px = 0;
    rnd_view_resize(view, width_px, height_px, view->scale, stage->model, &stage->script);
    assert_true(view->code_px == 0);
    close_stage(stage);
}

static void the_help_has_room_for_every_key(void **state)
{
    (void)state;
    enum { ROWS = 95 };
    struct stage *stage = gather_stage();
    struct rnd_help_row rows[ROWS];
    for (size_t i = 0; i < ROWS; i++)
        rows[i] = (struct rnd_help_row){i % 12 ? "Ctrl X" : NULL, "does something useful"};
    stage->view.help = rows;
    stage->view.help_count = ROWS;
    for (size_t size = 0; size < SIZES; size++) {
        static const struct rnd_layout_spec spec = {0};
        double x = -1, y = -1;
        size_t seen = 0;
        set_layout(stage, &spec, sizes[size].width_px, sizes[size].height_px);
        draw(stage, 0);
        for (size_t i = 0; i < rnd_list_count(stage->list); i++) {
            const struct rnd_cmd *cmd = rnd_list_at(stage->list, i);
            if (cmd->kind != RND_CMD_TEXT ||
                strcmp(rnd_list_string(stage->list, cmd), "does something useful") != 0)
                continue;
            assert_true(cmd->box.y > 0 && cmd->box.y < sizes[size].height_px);
            assert_true(cmd->box.x > 0 && cmd->box.x + cmd->box.w < sizes[size].width_px);
            assert_true(cmd->u.text.size_px >= 9);
            assert_true(cmd->box.x > x || cmd->box.y >= y + cmd->u.text.size_px);
            x = cmd->box.x;
            y = cmd->box.y;
            seen++;
        }
        assert_int_equal(seen, ROWS);
    }
    close_stage(stage);
}

static void a_tip_is_seen_wherever_it_points(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    (void)snprintf(stage->view.tip, sizeof stage->view.tip, "Play or pause\tSpace");
    for (int corner = 0; corner < 4; corner++) {
        double x = corner & 1 ? 1900 : 0, y = corner & 2 ? 1060 : 0;
        stage->view.tip_for = (struct rnd_rect){x, y, 20, 20};
        draw(stage, 0);
        assert_true(shows(stage, "Play or pause") && shows(stage, "Space"));
        const struct rnd_cmd *text = rnd_list_at(stage->list, rnd_list_count(stage->list) - 2);
        assert_true(text->box.x >= 0 && text->box.x < 1800);
        assert_true(text->box.y > 0 && text->box.y < 1080);
        assert_false(rnd_rect_has(stage->view.tip_for, text->box.x, text->box.y));
    }
    close_stage(stage);
}

static void every_theme_draws_the_same_texts(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    draw(stage, 20);
    size_t count = rnd_list_count(stage->list);
    uint64_t hash = rnd_list_hash(stage->list);
    for (size_t i = 1; rnd_theme_at(i); i++) {
        stage->view.theme = rnd_theme_at(i);
        draw(stage, 20);
        assert_int_equal(rnd_list_count(stage->list), count);
        assert_true(rnd_list_hash(stage->list) != hash);
    }
    close_stage(stage);
}

static void a_run_that_takes_long_says_how_far_it_is(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    stage->view.progress =
        (struct rnd_progress){.shown = true, .events = 2500000, .time_ns = 3 * SECOND};
    draw(stage, 0);
    assert_true(shows(stage, "running · 2.5 million events · 3.000 s"));
    bool stop = false;
    for (size_t i = 0; i < stage->hits.count; i++)
        stop |= stage->hits.items[i].kind == RND_HIT_BUTTON &&
                stage->hits.items[i].value == RND_BUTTON_STOP;
    assert_true(stop);
    close_stage(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_lies_over_another_in_any_layout),
        cmocka_unit_test(no_text_is_small_in_a_presentation),
        cmocka_unit_test(a_step_lies_at_the_lower_edge_of_the_timeline),
        cmocka_unit_test(a_collapsed_panel_shows_its_title_only),
        cmocka_unit_test(a_narrow_loop_panel_says_less),
        cmocka_unit_test(a_run_without_tasks_says_so_once_it_is_over),
        cmocka_unit_test(a_script_that_is_not_there_is_missed),
        cmocka_unit_test(what_was_scrolled_to_stays_on_top),
        cmocka_unit_test(the_line_that_runs_stays_in_sight),
        cmocka_unit_test(the_help_has_room_for_every_key),
        cmocka_unit_test(a_tip_is_seen_wherever_it_points),
        cmocka_unit_test(every_theme_draws_the_same_texts),
        cmocka_unit_test(a_run_that_takes_long_says_how_far_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
