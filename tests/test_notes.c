/* Marks and notes: where they are in a run, and the text that keeps them. */
#include "trace_story.h"

#include "render/model/notes.h"
#include "render/model/step.h"

struct desk {
    struct story story;
    struct gather_story at;
    struct rnd_model *model;
    struct rnd_notes notes;
};

static struct desk *desk(void)
{
    struct desk *d = calloc(1, sizeof *d);
    assert_non_null(d);
    story_open(&d->story, 1000);
    d->at = story_of_gather(&d->story);
    d->model = story_model(&d->story);
    return d;
}

static void desk_close(struct desk *d)
{
    rnd_notes_close(&d->notes);
    rnd_model_free(d->model);
    story_close(&d->story);
    free(d);
}

static uint32_t mark(struct desk *d, struct rnd_moment moment, const char *name)
{
    uint32_t index;
    assert_int_equal(rnd_notes_add(&d->notes, d->model, moment, name, &index), 0);
    assert_string_equal(d->notes.items[index].name, name);
    return index;
}

static void a_mark_is_found_again_at_every_moment(void **state)
{
    (void)state;
    struct desk *d = desk();
    for (uint32_t stop = 0; stop < d->model->stop_count; stop++) {
        struct rnd_moment moment = rnd_model_moment(d->model, d->model->stops[stop].at);
        struct rnd_notes again = {0};
        char *text;
        uint32_t index = mark(d, moment, "here");
        assert_int_equal(rnd_notes_change(&d->notes, index, "there", "a note"), 0);
        assert_int_equal(rnd_notes_write(&d->notes, &text), 0);
        assert_int_equal(rnd_notes_read(&again, text, strlen(text)), 0);
        rnd_notes_place(&again, d->model);
        assert_int_equal(again.count, 1);
        assert_string_equal(again.items[0].name, "there");
        assert_string_equal(again.items[0].note, "a note");
        assert_int_equal(again.items[0].moment.cursor, moment.cursor);
        free(text);
        rnd_notes_close(&again);
        rnd_notes_close(&d->notes);
    }
    struct rnd_moment between = rnd_model_at_time(d->model, 3 * SECOND / 2);
    uint32_t index = mark(d, between, "between");
    rnd_notes_place(&d->notes, d->model);
    assert_int_equal(d->notes.items[index].moment.time_ns, 3 * SECOND / 2);
    desk_close(d);
}

static void marks_are_in_order_and_lead_from_one_to_the_next(void **state)
{
    (void)state;
    struct desk *d = desk();
    struct rnd_moment late = rnd_model_moment(d->model, d->at.resumed);
    struct rnd_moment early = rnd_model_moment(d->model, d->at.gathered);
    (void)mark(d, late, "late");
    (void)mark(d, early, "early");
    assert_int_equal(rnd_notes_at(&d->notes, early), 0);
    assert_int_equal(rnd_notes_at(&d->notes, late), 1);
    assert_int_equal(rnd_notes_next(&d->notes, rnd_model_moment(d->model, 0)), 0);
    assert_int_equal(rnd_notes_next(&d->notes, early), 1);
    assert_int_equal(rnd_notes_next(&d->notes, late), RND_NEVER);
    assert_int_equal(rnd_notes_previous(&d->notes, late), 0);
    assert_int_equal(rnd_notes_previous(&d->notes, early), RND_NEVER);
    assert_int_equal(rnd_notes_at(NULL, early), RND_NEVER);
    assert_int_equal(rnd_notes_change(&d->notes, 0, "", ""), 0);
    assert_int_equal(d->notes.count, 1);
    assert_string_equal(d->notes.items[0].name, "late");
    desk_close(d);
}

static void the_lesson_has_marks_which_are_not_kept_as_text(void **state)
{
    (void)state;
    struct desk *d = desk();
    struct rnd_note markers[] = {{8, (char[]){"together"}}, {99, (char[]){"never"}}};
    struct rnd_lesson lesson = {.markers = markers, .marker_count = 2};
    char *text;
    assert_int_equal(rnd_notes_add_lesson(&d->notes, &lesson), 0);
    rnd_notes_place(&d->notes, d->model);
    assert_string_equal(d->notes.items[0].name, "together");
    assert_int_equal(d->notes.items[0].moment.cursor, rnd_step_at_line(d->model, 8));
    assert_int_equal(d->notes.items[1].moment.cursor, RND_NEVER);
    assert_int_equal(rnd_notes_next(&d->notes, d->notes.items[0].moment), RND_NEVER);
    assert_int_equal(rnd_notes_write(&d->notes, &text), 0);
    assert_string_equal(text, "");
    free(text);
    desk_close(d);
}

static void malformed_lines_are_left_out(void **state)
{
    (void)state;
    struct desk *d = desk();
    const char text[] = "# a comment\n    of nothing\n1.5 +0 good\n  its note\n  more\nx +1 bad\n"
                        "1.5 + bad\n1.5 +2\n1.5 +2 \n99999999999999999999 +1 bad\n2 +1 last";
    assert_int_equal(rnd_notes_read(&d->notes, text, strlen(text)), 0);
    assert_int_equal(d->notes.count, 2);
    assert_string_equal(d->notes.items[0].note, "its note");
    assert_int_equal(d->notes.items[0].time_ns, 3 * SECOND / 2);
    assert_string_equal(d->notes.items[1].name, "last");
    desk_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_is_found_again_at_every_moment),
        cmocka_unit_test(marks_are_in_order_and_lead_from_one_to_the_next),
        cmocka_unit_test(the_lesson_has_marks_which_are_not_kept_as_text),
        cmocka_unit_test(malformed_lines_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
