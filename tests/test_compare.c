/* Comparing, as it is drawn: several runs on one axis, with the time saved in words. */
#include "view_stage.h"

#include "render/view/panel.h"

/* main sleeps so long, and then the run ends so (enum sim_flag_end). */
static struct rnd_model *tell_sleeper(struct story *s, int64_t sleep_ns, uint8_t end)
{
    story_open(s, 1000);
    uint32_t main = story_begin(s);
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_SEND);
    story_await(s, main, SIM_AWAIT_SLEEP, 1);
    story_clock(s, SIM_CLOCK_IDLE, sleep_ns);
    story_iterate(s, 1, 1);
    story_step(s, main, SIM_RESUME_SEND);
    SIM_PUT(&s->trace, LOOP_END, 0, 0, 1, 0, 0);
    SIM_PUT(&s->trace, RUN_END, end, 0, 0, 0, 0);
    return story_model(s);
}

/* The gather's stage, of 2 s, and sleepers below it, each of twice as many seconds. */
struct comparison {
    struct stage *stage;
    struct story stories[RND_COMPARED_MAX];
    struct rnd_model *models[RND_COMPARED_MAX];
    struct rnd_compare compare;
};

static void open_comparison(struct comparison *c, uint32_t count)
{
    static const char *const titles[] = {"gather", "serial", "a third one", "the last"};
    *c = (struct comparison){.stage = gather_stage()};
    c->models[0] = c->stage->model;
    for (uint32_t i = 1; i < count; i++)
        c->models[i] = tell_sleeper(&c->stories[i], 2 * (i + 1) * SECOND, SIM_END_OK);
    for (uint32_t i = 0; i < count; i++) {
        struct rnd_compared *run = &c->compare.runs[i];
        run->model = c->models[i];
        run->script = &c->stage->script;
        (void)snprintf(run->title, sizeof run->title, "%s", titles[i]);
    }
    c->compare.count = count;
    assert_int_equal(rnd_compare_open(&c->compare), 0);
    c->stage->view.compare = &c->compare;
    c->stage->view.spec.collapsed[RND_PANEL_LOOP] = true;
    rnd_view_fit(&c->stage->view, c->stage->model, &c->stage->script);
}

static void close_comparison(struct comparison *c)
{
    for (uint32_t i = 1; i < c->compare.count; i++) {
        rnd_model_free(c->models[i]);
        story_close(&c->stories[i]);
    }
    rnd_compare_close(&c->compare);
    close_stage(c->stage);
}

static void set_size(struct comparison *c, int width_px, int height_px)
{
    struct rnd_layout_spec spec = c->stage->view.spec;
    c->stage->view.width_px = width_px;
    c->stage->view.height_px = height_px;
    rnd_view_set_layout(&c->stage->view, &spec, 0);
    rnd_view_fit(&c->stage->view, c->stage->model, &c->stage->script);
}

static void nothing_lies_over_another_at_any_size(void **state)
{
    (void)state;
    for (uint32_t count = 2; count <= RND_COMPARED_MAX; count++) {
        struct comparison c;
        open_comparison(&c, count);
        for (size_t size = 0; size < SIZES; size++) {
            set_size(&c, sizes[size].width_px, sizes[size].height_px);
            for (uint32_t cursor = 0; cursor <= c.stage->model->event_count; cursor += 3) {
                draw(c.stage, cursor);
                assert_texts_apart(c.stage);
            }
            assert_true(shows(c.stage, "gather") && shows(c.stage, "serial"));
            if (!rnd_view_layout(&c.stage->view).tight)
                assert_true(shows(c.stage, "done after 2.0 s") &&
                            shows(c.stage, "done after 4.0 s"));
        }
        close_comparison(&c);
    }
}

static void with_little_room_lanes_are_low_and_titles_stand_beside_them(void **state)
{
    (void)state;
    struct comparison c;
    open_comparison(&c, RND_COMPARED_MAX);
    set_size(&c, 1024, 640);
    draw(c.stage, c.stage->model->event_count);
    struct rnd_layout first = rnd_view_layout(&c.stage->view);
    assert_true(first.tight);
    for (uint32_t i = 0; i < RND_COMPARED_MAX; i++) {
        struct rnd_layout one = rnd_compare_layout(&c.stage->view, i);
        assert_true(one.lanes.h >= 2 * rnd_layout_lane_px(&one, 3));
        assert_true(shows(c.stage, c.compare.runs[i].title));
    }
    close_comparison(&c);
    open_comparison(&c, 2);
    set_size(&c, 1920, 1080);
    assert_false(rnd_view_layout(&c.stage->view).tight);
    close_comparison(&c);
}

/* Below the first run there is no ruler; a pennant is seen whole there, too. */
static void the_pennant_of_a_mark_is_whole_in_each_run(void **state)
{
    (void)state;
    struct comparison c;
    static const char *const names[] = {"m", "n", "o"};
    struct rnd_notes notes[3] = {0};
    open_comparison(&c, 3);
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t index;
        struct rnd_moment moment = rnd_model_moment(c.models[i], 5);
        assert_int_equal(rnd_notes_add(&notes[i], c.models[i], moment, names[i], &index), 0);
        c.compare.runs[i].notes = &notes[i];
    }
    c.stage->view.timeline.notes = &notes[0];
    for (size_t i = 0; i < SIZES; i++) {
        uint32_t pennants = 0;
        struct rnd_rect clip = {0, 0, sizes[i].width_px, sizes[i].height_px};
        set_size(&c, sizes[i].width_px, sizes[i].height_px);
        draw(c.stage, 0);
        for (size_t n = 0; n < rnd_list_count(c.stage->list); n++) {
            const struct rnd_cmd *cmd = rnd_list_at(c.stage->list, n);
            if (cmd->kind == RND_CMD_CLIP)
                clip = cmd->box;
            if (cmd->kind != RND_CMD_POLYGON || cmd->box.w != cmd->box.h)
                continue;
            pennants++;
            /* The box is a pixel wider than what is drawn. */
            assert_true(cmd->box.y + 1 >= clip.y);
            assert_true(cmd->box.y + cmd->box.h - 1 <= clip.y + clip.h);
        }
        assert_true(pennants >= 3);
        assert_int_equal(shows(c.stage, "n") && shows(c.stage, "o"),
                         !rnd_compare_layout(&c.stage->view, 1).tight);
    }
    for (uint32_t i = 0; i < 3; i++)
        rnd_notes_close(&notes[i]);
    close_comparison(&c);
}

/* The x of the lines of the playhead's colour that go through the runs' lanes; false if they differ
 * or are not one for each. */
static bool has_one_playhead(const struct comparison *c, double *x)
{
    uint32_t lines = 0;
    for (size_t i = 0; i < rnd_list_count(c->stage->list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(c->stage->list, i);
        if (cmd->kind != RND_CMD_ROUND || cmd->colour != c->stage->view.theme->accent ||
            cmd->box.w > 4 || cmd->box.h < 60)
            continue;
        if (lines++ == 0)
            *x = cmd->box.x;
        if (fabs(cmd->box.x - *x) > 0.01)
            return false;
    }
    return lines == c->compare.count;
}

static void one_playhead_goes_through_all_runs(void **state)
{
    struct comparison c;
    double x = 0, before = 0;
    (void)state;
    open_comparison(&c, 3);
    for (uint32_t cursor = 0; cursor <= c.stage->model->event_count; cursor++) {
        draw(c.stage, cursor);
        assert_true(has_one_playhead(&c, &x));
        assert_true(x >= before);
        before = x;
    }
    close_comparison(&c);
}

static void the_others_are_at_the_time_of_the_focus(void **state)
{
    struct comparison c;
    (void)state;
    open_comparison(&c, 2);
    struct rnd_view *view = &c.stage->view;
    struct rnd_moment second = rnd_model_at_time(c.models[0], SECOND);
    struct rnd_moment there = rnd_compare_moment(view, 0, second, 1);
    assert_true(there.time_ns == SECOND);
    assert_int_equal(there.cursor, rnd_model_at_time(c.models[1], SECOND).cursor);
    /* Beside one that goes on, a run that is over is at its end. */
    struct rnd_moment end = rnd_model_moment(c.models[1], c.models[1]->event_count);
    there = rnd_compare_moment(view, 1, end, 0);
    assert_int_equal(there.cursor, c.models[0]->event_count);
    assert_true(there.time_ns == 4 * SECOND);
    /* Within an instant of both they are at one place. */
    struct rnd_moment within = rnd_model_moment(c.models[0], c.models[0]->slices[0].end);
    there = rnd_compare_moment(view, 0, within, 1);
    assert_true(there.time_ns == 0 && there.cursor <= c.models[1]->slices[0].end);
    close_comparison(&c);
}

static void the_time_saved_is_said(void **state)
{
    struct comparison c;
    char words[RND_COMPARE_TEXT_MAX];
    (void)state;
    open_comparison(&c, 3);
    rnd_compare_words(&c.compare, words);
    assert_string_equal(words, "gather is done after 2.0 s, serial after 4.0 s, a third one after "
                               "6.0 s: 4.0 s saved.");
    draw(c.stage, c.stage->model->event_count);
    assert_true(shows(c.stage, "4.0 s saved") && shows(c.stage, "2.0 s saved"));
    assert_false(shows(c.stage, words));
    c.stage->view.moment.time_ns = 6 * SECOND;
    rnd_view_draw(&c.stage->view, c.stage->model, &c.stage->script, c.stage->fonts, c.stage->list,
                  &c.stage->hits);
    assert_true(shows(c.stage, words));

    c.compare.count = 2;
    c.compare.runs[1].model = c.models[0];
    rnd_compare_words(&c.compare, words);
    assert_string_equal(words, "Both are done after 2.0 s: no time is saved.");
    c.compare.runs[1].model = c.models[1];
    c.compare.count = 3;
    close_comparison(&c);
}

static void what_hangs_or_fails_is_not_done_and_saves_nothing(void **state)
{
    static const struct {
        uint8_t end;
        const char *title, *words;
    } ends[] = {
        {SIM_END_DEADLOCK, "stuck after 4.0 s",
         "gather is done after 2.0 s, serial is stuck after 4.0 s."},
        {SIM_END_EXCEPTION, "failed after 4.0 s",
         "gather is done after 2.0 s, serial has failed after 4.0 s."},
        {SIM_END_MAX_TIME, "stopped after 4.0 s",
         "gather is done after 2.0 s, serial was stopped after 4.0 s."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct comparison c;
        struct story story;
        char words[RND_COMPARE_TEXT_MAX];
        open_comparison(&c, 2);
        struct rnd_model *other = tell_sleeper(&story, 4 * SECOND, ends[i].end);
        c.compare.runs[1].model = other;
        rnd_compare_words(&c.compare, words);
        assert_string_equal(words, ends[i].words);
        draw(c.stage, c.stage->model->event_count);
        assert_true(shows(c.stage, ends[i].title) && shows(c.stage, "done after 2.0 s"));
        assert_false(shows(c.stage, "2.0 s saved") || shows(c.stage, "2.0 s sooner"));
        c.compare.runs[1].model = c.models[1];
        rnd_model_free(other);
        story_close(&story);
        close_comparison(&c);
    }
}

static void a_lesson_has_words_of_its_own(void **state)
{
    struct comparison c;
    char words[RND_COMPARE_TEXT_MAX];
    (void)state;
    open_comparison(&c, 2);
    c.compare.lesson = "The longer one is right.";
    rnd_compare_words(&c.compare, words);
    assert_string_equal(words, "gather is done after 2.0 s, serial after 4.0 s.");
    c.stage->view.moment = (struct rnd_moment){c.stage->model->event_count, 4 * SECOND};
    rnd_view_draw(&c.stage->view, c.stage->model, &c.stage->script, c.stage->fonts, c.stage->list,
                  &c.stage->hits);
    assert_true(shows(c.stage, "The longer one is right.") && shows(c.stage, "2.0 s sooner"));
    close_comparison(&c);
}

static void what_a_comparison_teaches_may_take_two_lines(void **state)
{
    struct comparison c;
    (void)state;
    open_comparison(&c, 2);
    c.compare.lesson = "It is shorter: they wait at the same time, and the longest wait counts.";
    c.stage->view.spec.mode = RND_LAYOUT_TALL;
    set_size(&c, 400, 800);
    c.stage->view.moment = (struct rnd_moment){c.stage->model->event_count, 4 * SECOND};
    rnd_view_draw(&c.stage->view, c.stage->model, &c.stage->script, c.stage->fonts, c.stage->list,
                  &c.stage->hits);
    char said[256] = "";
    for (size_t i = 0; i < rnd_list_count(c.stage->list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(c.stage->list, i);
        if (cmd->kind != RND_CMD_TEXT || cmd->box.y < rnd_view_layout(&c.stage->view).caption.y)
            continue;
        double width = rnd_font_width_px(c.stage->fonts, cmd->u.text.font, cmd->u.text.size_px,
                                         rnd_list_string(c.stage->list, cmd));
        assert_true(cmd->box.w <= 0 || width <= cmd->box.w);
        size_t length = strlen(said);
        (void)snprintf(said + length, sizeof said - length, "%s|",
                       rnd_list_string(c.stage->list, cmd));
    }
    assert_non_null(strstr(said, "2.0 s, serial after 4.0 s.|It is shorter: they wait"));
    assert_non_null(strstr(said, "|wait counts.|"));
    close_comparison(&c);
}

static void a_point_leads_to_its_run(void **state)
{
    struct comparison c;
    (void)state;
    open_comparison(&c, 4);
    for (uint32_t i = 0; i < 4; i++) {
        struct rnd_rect timeline = rnd_compare_layout(&c.stage->view, i).timeline;
        assert_int_equal(
            rnd_compare_at(&c.stage->view, timeline.x + 5, timeline.y + timeline.h / 2), i);
    }
    assert_int_equal(rnd_compare_at(&c.stage->view, 5, 5), RND_NEVER);
    close_comparison(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_lies_over_another_at_any_size),
        cmocka_unit_test(with_little_room_lanes_are_low_and_titles_stand_beside_them),
        cmocka_unit_test(the_pennant_of_a_mark_is_whole_in_each_run),
        cmocka_unit_test(one_playhead_goes_through_all_runs),
        cmocka_unit_test(the_others_are_at_the_time_of_the_focus),
        cmocka_unit_test(the_time_saved_is_said),
        cmocka_unit_test(what_hangs_or_fails_is_not_done_and_saves_nothing),
        cmocka_unit_test(a_lesson_has_words_of_its_own),
        cmocka_unit_test(what_a_comparison_teaches_may_take_two_lines),
        cmocka_unit_test(a_point_leads_to_its_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
