/* Several runs as one: one playhead comes to the stops of all of them. */
#include "trace_story.h"

#include <math.h>

#include "render/model/axis.h"
#include "render/model/cues.h"
#include "render/model/merged.h"
#include "render/model/step.h"

enum { RUNS = 2 };

/* A gather of 2 s, and a sleeper of 2 s and once more 2 s. */
struct runs {
    struct story stories[RUNS];
    struct rnd_model *models[RUNS];
    struct rnd_instants instants;
    struct rnd_merged merged;
};

static void tell_sleeper(struct story *s)
{
    story_open(s, 1000);
    uint32_t main = story_begin(s);
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_SEND);
    for (int i = 1; i <= 2; i++) {
        story_await(s, main, SIM_AWAIT_SLEEP, 1);
        story_clock(s, SIM_CLOCK_IDLE, 2 * i * SECOND);
        story_iterate(s, 1, 1);
        story_step(s, main, SIM_RESUME_SEND);
    }
    story_end(s);
}

static int open_runs(void **state)
{
    struct runs *r = *state = calloc(1, sizeof *r);
    story_open(&r->stories[0], 1000);
    story_of_gather(&r->stories[0]);
    tell_sleeper(&r->stories[1]);
    for (int i = 0; i < RUNS; i++)
        r->models[i] = story_model(&r->stories[i]);
    const struct rnd_model *const models[] = {r->models[0], r->models[1]};
    assert_int_equal(rnd_instants_open(&r->instants, models, RUNS), 0);
    assert_int_equal(rnd_merged_open(&r->merged, models, RUNS, &r->instants), 0);
    return 0;
}

static int close_runs(void **state)
{
    struct runs *r = *state;
    rnd_merged_close(&r->merged);
    rnd_instants_close(&r->instants);
    for (int i = 0; i < RUNS; i++) {
        rnd_model_free(r->models[i]);
        story_close(&r->stories[i]);
    }
    free(r);
    return 0;
}

static struct rnd_moment stop_moment(const struct runs *r, uint32_t stop)
{
    return rnd_model_moment(&r->merged.model, r->merged.model.stops[stop].at);
}

static void each_stop_of_each_run_comes_once_and_in_order(void **state)
{
    const struct runs *r = *state;
    const struct rnd_model *all = &r->merged.model;
    uint32_t taken[RUNS] = {0};
    for (uint32_t i = 0; i < all->stop_count; i++) {
        uint32_t run = r->merged.stop_runs[i];
        struct rnd_moment there = rnd_merged_in(&r->merged, stop_moment(r, i), run);
        assert_int_equal(there.cursor, r->models[run]->stops[taken[run]++].at);
        assert_true(there.time_ns == rnd_model_time(r->models[run], there.cursor));
    }
    for (int run = 0; run < RUNS; run++)
        assert_int_equal(taken[run], r->models[run]->stop_count);
}

static void no_run_goes_back_or_ahead_of_the_time(void **state)
{
    const struct runs *r = *state;
    struct rnd_moment before[RUNS] = {{0, 0}};
    for (uint32_t i = 0; i < r->merged.model.stop_count; i++) {
        struct rnd_moment moment = stop_moment(r, i);
        for (uint32_t run = 0; run < RUNS; run++) {
            struct rnd_moment there = rnd_merged_in(&r->merged, moment, run);
            assert_true(there.cursor >= before[run].cursor && there.time_ns == moment.time_ns);
            assert_true(rnd_model_time(r->models[run], there.cursor) <= moment.time_ns);
            before[run] = there;
        }
    }
}

static void the_playhead_never_goes_back_on_the_shared_axis(void **state)
{
    const struct runs *r = *state;
    double now = -1;
    for (uint32_t i = 0; i < r->merged.model.stop_count; i++) {
        uint32_t run = r->merged.stop_runs[i];
        struct rnd_axis axis = rnd_axis_make(r->models[run], 800, 10);
        axis.shared = &r->instants;
        rnd_axis_fit(&axis, 0);
        double x = rnd_axis_x(&axis, rnd_merged_in(&r->merged, stop_moment(r, i), run).cursor);
        assert_true(x >= now - 1e-6);
        now = x;
    }
}

static void moments_lead_to_all_and_back(void **state)
{
    const struct runs *r = *state;
    for (uint32_t run = 0; run < RUNS; run++) {
        const struct rnd_model *model = r->models[run];
        for (uint32_t i = 0; i < model->stop_count; i++) {
            struct rnd_moment own = rnd_model_moment(model, model->stops[i].at);
            struct rnd_moment all = rnd_merged_of(&r->merged, run, own);
            assert_true(rnd_moment_same(rnd_merged_in(&r->merged, all, run), own));
            /* Just then, and not when another run goes on. */
            uint32_t stop = rnd_step_number(&r->merged.model, all.cursor);
            assert_int_equal(r->merged.stop_runs[stop - 1], run);
        }
    }
    /* Between two instants of all, and where one is over. */
    struct rnd_moment later = rnd_model_at_time(r->models[0], SECOND / 2);
    struct rnd_moment all = rnd_merged_of(&r->merged, 0, later);
    assert_true(rnd_moment_same(rnd_merged_in(&r->merged, all, 0), later));
    assert_int_equal(rnd_merged_in(&r->merged, all, 1).cursor,
                     rnd_model_at_time(r->models[1], SECOND / 2).cursor);
    struct rnd_moment over = {r->models[0]->event_count, 3 * SECOND};
    all = rnd_merged_of(&r->merged, 0, over);
    assert_true(rnd_moment_same(rnd_merged_in(&r->merged, all, 0), over));
    assert_int_equal(rnd_merged_in(&r->merged, all, 1).cursor,
                     rnd_model_at_time(r->models[1], 3 * SECOND).cursor);
}

static void the_end_is_that_of_all(void **state)
{
    const struct runs *r = *state;
    struct rnd_moment end = rnd_model_moment(&r->merged.model, r->merged.model.event_count);
    assert_true(end.time_ns == 4 * SECOND && r->merged.model.end_ns == 4 * SECOND);
    for (uint32_t run = 0; run < RUNS; run++)
        assert_int_equal(rnd_merged_in(&r->merged, end, run).cursor, r->models[run]->event_count);
}

/* --- pace and cues ---------------------------------------------------------------------------- */

static int64_t length_of(const struct rnd_model *model, const float *shares)
{
    struct rnd_pace_options options = rnd_pace_defaults();
    struct rnd_pace pace;
    options.hold_shares = shares;
    assert_int_equal(rnd_pace_init(&pace, model, &options), 0);
    int64_t total_ns = pace.total_ns;
    rnd_pace_close(&pace);
    return total_ns;
}

static void an_instant_takes_as_long_as_in_the_run_with_most_stops(void **state)
{
    const struct runs *r = *state;
    int64_t all_ns = length_of(&r->merged.model, r->merged.hold_shares);
    int64_t gather_ns = length_of(r->models[0], NULL), sleeper_ns = length_of(r->models[1], NULL);
    assert_true(all_ns < gather_ns + sleeper_ns - 2 * SECOND);
    assert_true(all_ns > gather_ns && all_ns > sleeper_ns);
}

static const char source[] = "# title: two at once\n"
                             "async def io_task():\n"
                             "    pass\n"
                             "    await sleep(1)  # caption: It waits, and lets the others run.\n";

static void cues_say_which_run_and_what_all_come_to(void **state)
{
    const struct runs *r = *state;
    struct rnd_lesson lesson;
    assert_int_equal(rnd_lesson_parse(source, strlen(source), &lesson), 0);
    struct rnd_cue_runs runs = {.merged = &r->merged,
                                .lessons = {&lesson, &lesson},
                                .titles = {"gather", "sleeper"},
                                .end = "gather is done sooner."};
    struct rnd_cue_options options = {.runs = &runs};
    struct rnd_pace_options pace_options = rnd_pace_defaults();
    struct rnd_pace_hold *holds = NULL;
    struct rnd_pace pace;
    struct rnd_cues cues;
    assert_int_equal(rnd_cues_holds(&r->merged.model, &options, &holds, &pace_options.hold_count),
                     0);
    pace_options.holds = holds;
    assert_int_equal(rnd_pace_init(&pace, &r->merged.model, &pace_options), 0);
    assert_int_equal(rnd_cues_make(&pace, &options, &cues), 0);
    uint32_t comments = 0;
    for (uint32_t i = 0; i < cues.count; i++) {
        const struct rnd_cue *cue = &cues.items[i];
        bool last = i + 1 == cues.count;
        const char *title = last ? "gather is" : cue->run ? "sleeper: " : "gather: ";
        assert_int_equal(strncmp(cue->text, title, strlen(title)), 0);
        assert_true(cue->end_ns - cue->begin_ns >= rnd_cue_reading_ns(cue->text, NULL));
        assert_true(last || cues.items[i + 1].begin_ns >= cue->end_ns);
        assert_int_equal(cue->run == RND_NEVER, last);
        comments += strcmp(cue->text, "gather: It waits, and lets the others run.") == 0;
    }
    assert_int_equal(comments, 1);
    assert_string_equal(cues.items[cues.count - 1].text, runs.end);
    rnd_cues_free(&cues);
    rnd_pace_close(&pace);
    free(holds);
    rnd_lesson_free(&lesson);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_runs, close_runs)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_stop_of_each_run_comes_once_and_in_order),
        TEST(no_run_goes_back_or_ahead_of_the_time),
        TEST(the_playhead_never_goes_back_on_the_shared_axis),
        TEST(moments_lead_to_all_and_back),
        TEST(the_end_is_that_of_all),
        TEST(an_instant_takes_as_long_as_in_the_run_with_most_stops),
        TEST(cues_say_which_run_and_what_all_come_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
