/* The view: where panels are at every size, what a frame shows, and what lies under the pointer. */
#include "view_stage.h"

/* --- layout ----------------------------------------------------------------------------------- */

static const struct rnd_layout_spec plain = {0};

static void panels_do_not_overlap_and_stay_in_the_window(void **state)
{
    (void)state;
    for (size_t i = 0; i < SIZES; i++) {
        double w = sizes[i].width_px, h = sizes[i].height_px;
        double scale = rnd_layout_scale(&plain, sizes[i].width_px, sizes[i].height_px);
        struct rnd_layout l = rnd_layout_make(&plain, sizes[i].width_px, sizes[i].height_px, scale);
        const struct rnd_rect panels[] = {l.header, l.source,  l.timeline, l.output,
                                          l.loop,   l.caption, l.transport};
        const size_t count = sizeof panels / sizeof *panels;
        for (size_t a = 0; a < count; a++) {
            assert_true(panels[a].x >= 0 && panels[a].x + panels[a].w <= w);
            assert_true(panels[a].y >= 0 && panels[a].y + panels[a].h <= h);
            assert_true(panels[a].w > 0 && panels[a].h > 0);
            for (size_t b = a + 1; b < count; b++)
                assert_false(overlap(panels[a], panels[b]));
        }
        assert_true(l.strip.w > 200 && l.strip.x + l.strip.w < w);
        assert_true(l.lanes.h >= 2 * rnd_layout_lane_px(&l, 1000));
        assert_true(l.axis.w > l.names_px);
    }
}

static void everything_grows_with_the_window(void **state)
{
    (void)state;
    assert_true(rnd_layout_scale(&plain, 1920, 1080) == 1.0);
    assert_true(rnd_layout_scale(&plain, 3840, 2160) == 2.0);
    assert_true(rnd_layout_scale(&plain, 1024, 640) == RND_LAYOUT_SCALE_MIN);
    assert_true(rnd_layout_scale_in(&plain, 1.5, 1920, 1080) == 1.5);
    assert_true(rnd_layout_scale_in(&plain, 9, 1920, 1080) < 2);
    assert_true(rnd_layout_scale_in(&plain, 9, 320, 320) == RND_LAYOUT_SCALE_MIN);
}

/* --- frames ----------------------------------------------------------------------------------- */

static void the_same_view_gives_the_same_list(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    draw(stage, 20);
    uint64_t hash = rnd_list_hash(stage->list);
    draw(stage, 21);
    assert_true(rnd_list_hash(stage->list) != hash);
    draw(stage, 20);
    assert_true(rnd_list_hash(stage->list) == hash);
    stage->view.theme = rnd_theme_find("light");
    draw(stage, 20);
    assert_true(rnd_list_hash(stage->list) != hash);
    close_stage(stage);
}

static void no_text_lies_over_another_at_any_size_and_moment(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    for (size_t i = 0; i < SIZES; i++) {
        stage->view = rnd_view_make(stage->model, rnd_theme_find("dark"), sizes[i].width_px,
                                    sizes[i].height_px, 0);
        for (uint32_t cursor = 0; cursor <= stage->model->event_count; cursor++) {
            draw(stage, cursor);
            assert_texts_apart(stage);
        }
    }
    close_stage(stage);
}

static void a_late_task_and_its_blocker_are_seen(void **state)
{
    (void)state;
    struct stage *stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    story_open(&stage->story, 1000);
    uint32_t late = story_of_blocking(&stage->story);
    open_stage(stage);
    draw(stage, late);
    assert_true(shows(stage, "due at 1.0 s, ran at 3.0 s, because main blocked"));
    assert_true(shows(stage, "blocked by main"));
    assert_texts_apart(stage);
    close_stage(stage);
}

static void what_timed_out_and_threads_are_seen(void **state)
{
    (void)state;
    struct stage *stage = calloc(1, sizeof *stage);
    struct story *s = &stage->story;
    assert_non_null(stage);
    story_open(s, 1000);
    (void)story_of_timeout(s);
    SIM_PUT(&s->trace, THREAD_CREATED, SIM_THREAD_PLAIN, 0, 1, story_text(s, "helper"), 0);
    SIM_PUT(&s->trace, THREAD_RUN, SIM_BATON_START, 0, 1, 0, 0);
    open_stage(stage);
    draw(stage, stage->model->event_count);
    assert_int_equal(rnd_rows_count(NULL, stage->model), 4);
    assert_int_equal(rnd_rows_at(NULL, stage->model, 2).task, 3);
    assert_int_equal(rnd_rows_at(NULL, stage->model, 3).task, RND_THREAD | 1);
    assert_int_equal(rnd_rows_find(NULL, stage->model, RND_THREAD | 1), 3);
    assert_int_equal(rnd_rows_at(NULL, stage->model, 4).task, 0);
    assert_true(shows(stage, "helper") && shows(stage, "thread · running"));
    assert_true(shows(stage, "timed out") && shows(stage, "CancelledError"));
    assert_true(shows(stage, "wait_for · timeout at 2.0 s"));
    assert_texts_apart(stage);
    close_stage(stage);
    stage = gather_stage();
    draw(stage, stage->model->event_count);
    assert_false(shows(stage, "timed out"));
    close_stage(stage);
}

static void a_frame_shows_the_moment_and_not_the_future(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    draw(stage, 0);
    assert_true(shows(stage, "A story"));
    assert_true(shows(stage, "to come"));
    assert_false(shows(stage, "both"));
    draw(stage, stage->model->event_count);
    assert_true(shows(stage, "both"));
    assert_true(shows(stage, "'ok'"));
    assert_true(shows(stage, "2.000"));
    close_stage(stage);
}

static void help_and_trouble_are_shown(void **state)
{
    (void)state;
    static const struct rnd_help_row help[] = {{"Space", "play, pause"}, {"F", "fit"}};
    struct stage *stage = gather_stage();
    stage->view.run = RND_RUN_TROUBLE;
    stage->view.message = "The worker crashed.";
    draw(stage, stage->model->event_count);
    assert_true(shows(stage, "The worker crashed."));
    stage->view.help = help;
    stage->view.help_count = 2;
    draw(stage, 0);
    assert_true(shows(stage, "play, pause"));
    assert_int_equal(rnd_hits_at(&stage->hits, 5, 5).kind, RND_HIT_OVERLAY);
    close_stage(stage);
}

/* --- hits ------------------------------------------------------------------------------------- */

static void what_lies_under_the_pointer_is_known(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    draw(stage, stage->model->event_count);
    struct rnd_layout l = rnd_view_layout(&stage->view);
    double lane = rnd_layout_lane_px(&l, 3);
    struct rnd_hit hit = rnd_hits_at(&stage->hits, l.lanes.x + 20, l.lanes.y + 1.5 * lane);
    assert_int_equal(hit.kind, RND_HIT_NAME);
    assert_int_equal(hit.value, 2);
    hit = rnd_hits_at(&stage->hits, l.axis.x + 20, l.lanes.y + 0.5 * lane);
    assert_int_equal(hit.kind, RND_HIT_AXIS);
    assert_int_equal(hit.value, 1);
    hit = rnd_hits_at(&stage->hits, l.code.x + 50, l.code.y + 1.5 * l.code_row_px);
    assert_int_equal(hit.kind, RND_HIT_SOURCE);
    assert_int_equal(hit.value, 3); /* the title is not shown as code */
    hit = rnd_hits_at(&stage->hits, l.strip.x + l.strip.w / 2, l.strip.y + l.strip.h / 2);
    assert_int_equal(hit.kind, RND_HIT_STRIP);
    hit = rnd_hits_at(&stage->hits, l.lines.x + 50, l.lines.y + 0.5 * l.line_row_px);
    assert_int_equal(hit.kind, RND_HIT_OUTPUT);
    assert_int_equal(hit.value, 0);
    hit = rnd_hits_at(&stage->hits, l.loop.x + 5, l.loop.y + 5);
    assert_int_equal(hit.kind, RND_HIT_PANEL);
    assert_int_equal(hit.value, RND_PANEL_LOOP);
    hit = rnd_hits_at(&stage->hits, l.loop.x + 5, l.loop.y - 2);
    assert_int_equal(hit.kind, RND_HIT_SPLITTER);
    assert_int_equal(hit.value, RND_SPLITTER_LOWER);
    hit = rnd_hits_at(&stage->hits, l.loop.x + l.loop.w - 5, l.loop.y + 5);
    assert_int_equal(hit.kind, RND_HIT_NONE);
    close_stage(stage);
}

/* --- many tasks ------------------------------------------------------------------------------- */

static void a_crowd_is_followed_and_costs_what_is_seen(void **state)
{
    (void)state;
    enum { TASKS = 3000, ROUNDS = 20 };
    struct stage *stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    struct story *s = &stage->story;
    story_open(s, 1 << 20);
    uint32_t main = story_begin(s);
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_START);
    for (int i = 0; i < TASKS; i++)
        (void)story_create(s, main, "io_task", 3);
    story_await(s, main, SIM_AWAIT_FUTURE, ++s->ids);
    for (int64_t round = 0; round < ROUNDS; round++) {
        story_iterate(s, TASKS, 0);
        for (uint32_t task = 2; task <= TASKS + 1; task++) {
            story_step(s, task, SIM_RESUME_SEND);
            SIM_PUT(&s->trace, STEP_END, SIM_STEP_YIELD, 0, task, 0, 0);
        }
        story_clock(s, SIM_CLOCK_IDLE, (round + 1) * SECOND);
    }
    story_end(s);
    open_stage(stage);
    draw(stage, stage->model->event_count);
    assert_true(rnd_list_count(stage->list) < 6000);

    /* The step of the last task but one: its lane has been scrolled to. */
    draw(stage, stage->model->event_count - 6);
    assert_true(shows(stage, "running"));

    /* One that is selected elsewhere, too. */
    rnd_view_show_lane(&stage->view, stage->model, &stage->script, 1);
    assert_true(stage->view.lanes_px == 0);
    rnd_view_show_lane(&stage->view, stage->model, &stage->script, TASKS);
    assert_true(stage->view.lanes_px > 0);

    /* Whichever is followed, all lanes that are seen are whole. */
    stage->view.width_px = 640;
    stage->view.height_px = 360;
    struct rnd_layout layout = rnd_view_layout(&stage->view);
    double row = rnd_layout_lane_px(&layout, TASKS + 1);
    for (uint32_t back = TASKS / 2; back < 2 * TASKS; back += 7) {
        draw(stage, stage->model->event_count - back);
        assert_true(stage->view.lanes_px > 0 && fmod(stage->view.lanes_px, row) == 0);
    }
    close_stage(stage);
}

/* --- traces that no scheduler wrote ------------------------------------------------------------
 */

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Events of all kinds about few tasks, at times all over the place. */
static void tell_rubbish(struct story *s, uint64_t seed, int events)
{
    story_open(s, 4096);
    (void)story_begin(s);
    for (int i = 0; i < events; i++) {
        struct sim_event event = {.kind = (uint8_t)(next_random(&seed) % SIM_EV_KINDS),
                                  .flag = (uint8_t)(next_random(&seed) % 5),
                                  .aux = (uint16_t)(next_random(&seed) % 20),
                                  .id = (uint32_t)(next_random(&seed) % 12),
                                  .a = (uint32_t)(next_random(&seed) % 20),
                                  .b = (uint32_t)(next_random(&seed) % 20)};
        if (event.kind == SIM_EV_CLOCK || next_random(&seed) % 40 == 0)
            event.ns = (int64_t)(next_random(&seed) >> (next_random(&seed) % 64));
        sim_trace_put(&s->trace, event);
    }
}

static void rubbish_is_drawn_without_harm(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct stage *stage = calloc(1, sizeof *stage);
        assert_non_null(stage);
        tell_rubbish(&stage->story, seed * 0x9e3779b97f4a7c15u, 600);
        open_stage(stage);
        for (uint32_t cursor = 0; cursor <= stage->model->event_count; cursor += 37) {
            double x = (double)(cursor % 900);
            stage->view.pointer_in = true;
            stage->view.pointer_x = 700 + x;
            stage->view.pointer_y = 300;
            draw(stage, cursor);
            assert_true(rnd_list_count(stage->list) < 20000);
            stage->view.whole = false;
            rnd_axis_zoom(&stage->view.axis, x, cursor % 2 ? 0.01 : 30);
        }
        close_stage(stage);
    }
}

/* --- scripts ---------------------------------------------------------------------------------- */

static void scripts_are_cut_into_lines(void **state)
{
    (void)state;
    struct stage *stage = calloc(1, sizeof *stage);
    size_t length;
    assert_non_null(stage);
    write_script(stage, "one\r\n\té\tx\n\"\"\"three\nfour\"\"\"");
    assert_int_equal(rnd_script_lines(&stage->script, 0), 4);
    assert_memory_equal(rnd_script_line(&stage->script, 0, 1, &length), "one", 3);
    assert_int_equal(length, 3);
    assert_memory_equal(rnd_script_line(&stage->script, 0, 2, &length), "    é   x", 10);
    assert_int_equal(length, 10);
    assert_true(stage->script.files[0].states[3] != 0);
    (void)rnd_script_line(&stage->script, 0, 5, &length);
    assert_int_equal(length, 0);
    /* A single longer line is cut, so that the others leave room to the lanes. */
    assert_int_equal(rnd_script_columns(&stage->script, 100), 9);
    assert_int_equal(rnd_script_columns(&stage->script, 8), 8);
    assert_int_equal(rnd_script_columns(&stage->script, 5), 5);
    assert_string_equal(rnd_script_title(&stage->script), strrchr(stage->path, '/') + 1);
    rnd_script_close(&stage->script);
    (void)unlink(stage->path);

    assert_int_equal(rnd_script_open(&stage->script, "/nowhere/none.py"), 0);
    (void)rnd_script_line(&stage->script, 0, 1, &length);
    assert_int_equal(length, 0);
    rnd_script_close(&stage->script);
    free(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panels_do_not_overlap_and_stay_in_the_window),
        cmocka_unit_test(everything_grows_with_the_window),
        cmocka_unit_test(the_same_view_gives_the_same_list),
        cmocka_unit_test(no_text_lies_over_another_at_any_size_and_moment),
        cmocka_unit_test(a_late_task_and_its_blocker_are_seen),
        cmocka_unit_test(what_timed_out_and_threads_are_seen),
        cmocka_unit_test(a_frame_shows_the_moment_and_not_the_future),
        cmocka_unit_test(help_and_trouble_are_shown),
        cmocka_unit_test(what_lies_under_the_pointer_is_known),
        cmocka_unit_test(a_crowd_is_followed_and_costs_what_is_seen),
        cmocka_unit_test(rubbish_is_drawn_without_harm),
        cmocka_unit_test(scripts_are_cut_into_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
