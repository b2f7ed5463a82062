/* Visits: how often each line was reached; and output without what only a terminal understands. */
#include "trace_story.h"

#include "render/model/visits.h"

enum { LINES = 7 };

static void lines_are_counted_as_they_were_at_the_cursor(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 100000);
    uint32_t main = story_begin(&s), told = 3 * RND_VISITS_APART + 5;
    uint32_t first = story_cursor(&s);
    story_step(&s, main, SIM_RESUME_START);
    for (uint32_t i = 0; i < told; i++)
        story_line(&s, main, i % LINES + 1);
    SIM_PUT(&s.trace, LINE, 0, 0, main, 2, story_text(&s, "other.py"));
    struct rnd_model *model = story_model(&s);
    /* Wherever rows of counts begin, and between them. */
    for (uint32_t n = 0; n <= told + 1; n += n % RND_VISITS_APART < 3 ? 1 : 511) {
        uint32_t visits[LINES + 1], all = 0;
        rnd_visits_at(model, first + 1 + n, 0, 1, LINES + 1, visits);
        for (uint32_t line = 0; line < LINES; line++) {
            uint32_t own = n < told ? n : told;
            assert_int_equal(visits[line], own / LINES + (line < own % LINES));
            all += visits[line];
        }
        assert_int_equal(all, n < told ? n : told);
        assert_int_equal(visits[LINES], 0);
        rnd_visits_at(model, first + 1 + n, 1, 1, 2, visits);
        assert_int_equal(visits[0], 0);
        assert_int_equal(visits[1], n > told);
    }
    assert_int_equal(model->file_count, 2);
    assert_string_equal(rnd_model_text(model, model->files[1].name, NULL), "other.py");
    assert_int_equal(rnd_visits_first(model, 0, 2), first + 3);
    assert_int_equal(rnd_visits_first(model, 1, 2), first + 1 + told + 1);
    assert_int_equal(rnd_visits_first(model, 1, 1), RND_NEVER);
    rnd_model_free(model);
    story_close(&s);
}

static void a_line_far_down_is_no_harm(void **state)
{
    (void)state;
    struct story s;
    uint32_t visits[2];
    story_open(&s, 3 * RND_VISITS_PLACES);
    uint32_t main = story_begin(&s);
    story_line(&s, main, UINT32_MAX);
    story_line(&s, main, 300000);
    for (uint32_t i = 0; i < RND_VISITS_PLACES; i++)
        story_line(&s, main, 5 + i);
    struct rnd_model *model = story_model(&s);
    rnd_visits_at(model, model->event_count, 0, 300000, 2, visits);
    assert_int_equal(visits[0], 1);
    rnd_visits_at(model, model->event_count, 0, UINT32_MAX - 1, 2, visits);
    assert_int_equal(visits[1], 0);
    /* Of lines beyond the most that are counted it is known when they were reached. */
    rnd_visits_at(model, model->event_count, 0, RND_VISITS_PLACES + 3, 2, visits);
    assert_int_equal(visits[0], 1);
    assert_int_equal(visits[1], 0);
    assert_int_equal(rnd_visits_first(model, 0, RND_VISITS_PLACES + 4), model->event_count);
    rnd_model_free(model);
    story_close(&s);
}

static void colours_of_a_terminal_are_dropped(void **state)
{
    (void)state;
    static const struct {
        const char *printed, *shown;
    } cases[] = {{"\x1b[1;31mred\x1b[0m end\n", "red end"},
                 {"\x1b]0;title\apast\x1b[2K\n", "past"},
                 {"cut \x1b[38;5\n", "cut "}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct story s;
        char text[64];
        story_open(&s, 100);
        story_print(&s, 0, cases[i].printed);
        struct rnd_model *model = story_model(&s);
        (void)rnd_model_output_text(model, &model->outputs[0], 1, text, sizeof text);
        assert_string_equal(text, cases[i].shown);
        rnd_model_free(model);
        story_close(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_counted_as_they_were_at_the_cursor),
        cmocka_unit_test(a_line_far_down_is_no_harm),
        cmocka_unit_test(colours_of_a_terminal_are_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
