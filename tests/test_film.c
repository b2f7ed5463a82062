/* The film: which moment and which caption a frame shows, whatever was shown before. */
#include "view_stage.h"

#include "render/model/caption.h"
#include "render/model/label.h"
#include "render/model/state.h"
#include "render/view/film.h"

struct projector {
    struct stage *stage;
    struct rnd_pace pace;
    struct rnd_cues cues;
    struct rnd_film film;
    int64_t frames;
};

static int set_up(void **state)
{
    struct projector *p = calloc(1, sizeof *p);
    assert_non_null(p);
    p->stage = gather_stage();
    struct rnd_pace_options pace = rnd_pace_defaults();
    struct rnd_cue_options cues = {.hold_all = true};
    struct rnd_pace_hold *holds;
    assert_int_equal(rnd_cues_holds(p->stage->model, &cues, &holds, &pace.hold_count), 0);
    pace.holds = holds;
    assert_int_equal(rnd_pace_init(&p->pace, p->stage->model, &pace), 0);
    free(holds);
    assert_int_equal(rnd_cues_make(&p->pace, &cues, &p->cues), 0);
    p->film = (struct rnd_film){.model = p->stage->model,
                                .script = &p->stage->script,
                                .pace = &p->pace,
                                .cues = &p->cues,
                                .fonts = p->stage->fonts,
                                .view = p->stage->view,
                                .fps = 10};
    p->frames = rnd_film_frames(10, p->pace.total_ns);
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct projector *p = *state;
    rnd_cues_free(&p->cues);
    rnd_pace_close(&p->pace);
    close_stage(p->stage);
    free(p);
    return 0;
}

static void frames_and_times_are_each_others(void **state)
{
    static const int rates[] = {1, 7, 24, 25, 30, 60, 240};
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        for (int64_t frame = 0; frame < 5000; frame++) {
            int64_t at_ns = rnd_film_time_ns(rates[i], frame);
            assert_true(rnd_film_frame_at(rates[i], at_ns) == frame);
            assert_true(rnd_film_frame_at(rates[i], at_ns + 1) == frame + 1);
        }
        assert_true(rnd_film_frames(rates[i], 3600 * SECOND) == 3600 * rates[i]);
        assert_true(rnd_film_frames(rates[i], 1) == 1);
    }
}

static void a_frame_shows_the_same_whatever_was_shown_before(void **state)
{
    struct projector *p = *state;
    struct rnd_list *list = p->stage->list;
    uint64_t *hashes = calloc((size_t)p->frames, sizeof *hashes);
    assert_non_null(hashes);
    for (int64_t frame = 0; frame < p->frames; frame++) {
        (void)rnd_film_draw(&p->film, frame, list);
        hashes[frame] = rnd_list_hash(list);
    }
    for (int64_t frame = p->frames - 1; frame >= 0; frame -= 3) {
        p->film.any_drawn = false;
        assert_true(rnd_film_draw(&p->film, frame, list));
        assert_true(rnd_list_hash(list) == hashes[frame]);
    }
    free(hashes);
}

static void what_is_held_is_not_drawn_again(void **state)
{
    struct projector *p = *state;
    int64_t drawn = 0;
    uint64_t hash = 0;
    for (int64_t frame = 0; frame < p->frames; frame++) {
        bool differs = rnd_film_draw(&p->film, frame, p->stage->list);
        assert_true(!differs || rnd_list_hash(p->stage->list) != hash);
        hash = rnd_list_hash(p->stage->list);
        drawn += differs;
    }
    assert_in_range(drawn, p->stage->model->stop_count / 2, p->frames / 2);
}

static void the_caption_is_that_of_the_cue(void **state)
{
    struct projector *p = *state;
    assert_true(p->cues.count > 3);
    for (uint32_t i = 0; i < p->cues.count; i++) {
        const struct rnd_cue *cue = &p->cues.items[i];
        (void)rnd_film_draw(&p->film, rnd_film_frame_at(10, cue->begin_ns), p->stage->list);
        assert_int_equal(p->film.view.caption, cue->cursor);
        p->film.cues = &(struct rnd_cues){0};
        p->film.any_drawn = false;
        (void)rnd_film_draw(&p->film, rnd_film_frame_at(10, cue->begin_ns), p->stage->list);
        assert_false(shows(p->stage, cue->text));
        p->film.cues = &p->cues;
    }
}

static bool draws_in(const struct rnd_list *list, struct rnd_rect rect)
{
    for (size_t i = 1; i < rnd_list_count(list); i++) { /* the first is the window's ground */
        const struct rnd_cmd *cmd = rnd_list_at(list, i);
        if (cmd->kind != RND_CMD_CLIP && cmd->box.x >= rect.x && cmd->box.y >= rect.y &&
            cmd->box.x < rect.x + rect.w && cmd->box.y < rect.y + rect.h)
            return true;
    }
    return false;
}

static void where_nothing_is_said_there_is_no_box_for_it(void **state)
{
    struct projector *p = *state;
    struct rnd_rect caption = rnd_view_layout(&p->film.view).caption;
    int64_t frame = rnd_film_frame_at(10, p->cues.items[1].begin_ns);
    assert_true(rnd_film_draw(&p->film, frame, p->stage->list));
    assert_true(draws_in(p->stage->list, caption));
    p->film.cues = &(struct rnd_cues){0};
    assert_true(rnd_film_draw(&p->film, frame, p->stage->list));
    assert_false(draws_in(p->stage->list, caption));
}

static void a_video_says_what_there_is_time_to_read(void **state)
{
    struct projector *p = *state;
    unsigned told = 0;
    p->film.view.spec.film = true;
    for (uint32_t i = 0; i < p->cues.count; i++) {
        struct rnd_caption caption;
        const struct rnd_cue *cue = &p->cues.items[i];
        rnd_caption_at(p->stage->model, NULL, cue->cursor, &caption);
        (void)rnd_film_draw(&p->film, rnd_film_frame_at(10, cue->begin_ns), p->stage->list);
        assert_true(shows(p->stage, cue->text) && !shows(p->stage, caption.detail));
        told += *caption.detail != '\0';
    }
    assert_true(told > 0);
}

static const struct rnd_step_keys step_keys = {.kinds = {"1", "2", "3", "4"}, .step = "Right"};

static void each_step_is_named_with_the_keys_that_make_it(void **state)
{
    struct projector *p = *state;
    const struct rnd_model *model = p->stage->model;
    unsigned kinds[RND_STEP_TASK] = {0};
    assert_true(rnd_step_show(model, &step_keys, 0, 0).share == 0);
    for (uint32_t at = rnd_step_next(model, RND_STEP_EVENT, 0, 0); at < model->event_count;
         at = rnd_step_next(model, RND_STEP_EVENT, 0, at)) {
        struct rnd_step_shown shown = rnd_step_show(model, &step_keys, at, 0);
        struct rnd_state now = rnd_state_at(model, rnd_model_moment(model, at));
        int kind = shown.keys[0][0] - '1';
        char name[RND_LABEL_MAX], expected[RND_STEP_TEXT_MAX];
        assert_in_range(kind, 0, RND_STEP_TASK - 1);
        kinds[kind]++;
        (void)rnd_label_task(model, now.runner_id, name, sizeof name);
        (void)snprintf(expected, sizeof expected, "event %u of %u", rnd_step_number(model, at),
                       model->stop_count);
        if (kind == RND_STEP_SWITCH)
            (void)snprintf(expected, sizeof expected, "switch to %s", name);
        else if (kind == RND_STEP_LINE)
            (void)snprintf(expected, sizeof expected, "line %u", now.line);
        else if (kind == RND_STEP_ITERATION)
            (void)snprintf(expected, sizeof expected, "iteration %u", now.iteration);
        assert_string_equal(shown.text, expected);
        assert_string_equal(shown.keys[1], "Right");
        assert_true(shown.share == 1);
    }
    for (int kind = 0; kind < RND_STEP_TASK; kind++)
        assert_true(kinds[kind] > 0);
}

static void a_step_is_there_at_once_and_goes_gently(void **state)
{
    (void)state;
    double before = rnd_step_share(0);
    assert_true(before == 1 && rnd_step_share(SECOND / 2) == 1);
    assert_true(rnd_step_share(RND_STEP_SHOWN_NS) == 0 && rnd_step_share(9 * SECOND) == 0);
    for (int64_t at = 0; at <= RND_STEP_SHOWN_NS; at += SECOND / 60) {
        double share = rnd_step_share(at);
        assert_true(share <= before && before - share < 0.06);
        before = share;
    }
}

static void frames_show_steps_if_they_are_asked_to(void **state)
{
    struct projector *p = *state;
    uint32_t stop = rnd_step_stop(p->stage->model, p->stage->model->event_count / 2);
    struct rnd_step_shown shown = rnd_step_show(p->stage->model, &step_keys, stop, 0);
    int64_t at_ns = rnd_pace_time(&p->pace, rnd_model_moment(p->stage->model, stop));
    int64_t frame = rnd_film_frame_at(10, at_ns);
    p->film.keys = &step_keys;
    assert_true(rnd_film_draw(&p->film, frame, p->stage->list));
    assert_true(shows(p->stage, shown.text) && shows(p->stage, "Right"));
    p->film.keys = NULL;
    p->film.any_drawn = false;
    assert_true(rnd_film_draw(&p->film, frame, p->stage->list));
    assert_false(shows(p->stage, "Right"));
    p->film.keys = &step_keys;
    a_frame_shows_the_same_whatever_was_shown_before(state);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(frames_and_times_are_each_others),
        TEST(a_frame_shows_the_same_whatever_was_shown_before),
        TEST(what_is_held_is_not_drawn_again),
        TEST(the_caption_is_that_of_the_cue),
        TEST(a_video_says_what_there_is_time_to_read),
        TEST(where_nothing_is_said_there_is_no_box_for_it),
        TEST(each_step_is_named_with_the_keys_that_make_it),
        TEST(a_step_is_there_at_once_and_goes_gently),
        TEST(frames_show_steps_if_they_are_asked_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
