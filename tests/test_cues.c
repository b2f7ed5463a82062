/* The cues: which caption is shown from when to when. */
#include "trace_story.h"

#include "render/model/cues.h"
#include "render/model/step.h"

/* The story of a gather by a script with comments: main starts on line 7, its children run line 4
 * and then line 5. */
static const char source[] = "# title: two at once\n"
                             "async def io_task():\n"
                             "    pass\n"
                             "    await sleep(1)  # caption: It waits, and lets the others run.\n"
                             "    return 'ok'  # caption: Done.\n"
                             "async def main():\n"
                             "    await gather(a, b)  # caption: Both are started before any "
                             "waits, as everybody can see.\n"
                             "    print('both')  # marker: the end\n";

struct told {
    struct story story;
    struct rnd_model *model;
    struct rnd_lesson lesson;
};

static void tell(struct told *told)
{
    story_open(&told->story, 1000);
    story_of_gather(&told->story);
    told->model = story_model(&told->story);
    assert_int_equal(rnd_lesson_parse(source, strlen(source), &told->lesson), 0);
}

static void forget(struct told *told)
{
    rnd_lesson_free(&told->lesson);
    rnd_model_free(told->model);
    story_close(&told->story);
}

static struct rnd_cues cues_of(struct told *told, struct rnd_cue_options options,
                               struct rnd_pace_options pace_options, int64_t *total_ns)
{
    struct rnd_pace_hold *holds = NULL;
    struct rnd_cues cues;
    struct rnd_pace pace;
    assert_int_equal(rnd_cues_holds(told->model, &options, &holds, &pace_options.hold_count), 0);
    pace_options.holds = holds;
    assert_int_equal(rnd_pace_init(&pace, told->model, &pace_options), 0);
    free(holds);
    assert_int_equal(rnd_cues_make(&pace, &options, &cues), 0);
    *total_ns = pace.total_ns;
    rnd_pace_close(&pace);
    return cues;
}

/* No two at once, and each long enough to be read. */
static void assert_readable(const struct rnd_cues *cues, int64_t total_ns)
{
    for (uint32_t i = 0; i < cues->count; i++) {
        const struct rnd_cue *cue = &cues->items[i];
        assert_true(cue->end_ns - cue->begin_ns >= rnd_cue_reading_ns(cue->text, NULL));
        assert_true(cue->end_ns <= (i + 1 < cues->count ? cue[1].begin_ns : total_ns));
        assert_ptr_equal(rnd_cues_at(cues, cue->begin_ns), cue);
        assert_ptr_equal(rnd_cues_at(cues, cue->end_ns - 1), cue);
    }
}

static uint32_t count_of(const struct rnd_cues *cues, const char *text)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < cues->count; i++)
        count += !strcmp(cues->items[i].text, text);
    return count;
}

static void reading_takes_a_second_for_17_characters(void **state)
{
    (void)state;
    assert_true(rnd_cue_reading_ns("x", NULL) == SECOND);
    assert_true(llabs(rnd_cue_reading_ns("0123456789012345678901234567890123", NULL) - 2 * SECOND) <
                10);
    assert_true(rnd_cue_reading_ns("ééééééééééééééééé", NULL) < SECOND + 10);
}

static void every_comment_is_shown_once_and_can_be_read(void **state)
{
    struct told told;
    int64_t total_ns;
    (void)state;
    tell(&told);
    struct rnd_cues cues = cues_of(&told, (struct rnd_cue_options){.lesson = &told.lesson},
                                   rnd_pace_defaults(), &total_ns);
    assert_readable(&cues, total_ns);
    assert_int_equal(count_of(&cues, told.lesson.captions[0].text), 1);
    assert_int_equal(count_of(&cues, told.lesson.captions[1].text), 2); /* two tasks, a second */
    assert_int_equal(count_of(&cues, told.lesson.captions[2].text), 1);
    assert_true(cues.items[0].comment);
    /* Each stays until there is something else to say. */
    for (uint32_t i = 0; i + 1 < cues.count; i++)
        assert_true(!cues.items[i].comment || cues.items[i].end_ns == cues.items[i + 1].begin_ns);
    rnd_cues_free(&cues);
    forget(&told);
}

static void what_begins_to_be_read_in_a_squeezed_presentation_stays(void **state)
{
    struct told told;
    struct rnd_pace_options pace = rnd_pace_defaults();
    int64_t total_ns;
    (void)state;
    tell(&told);
    /* Room for the first comment, and for none that comes up while it is read. */
    pace.total_ns = 5 * SECOND;
    struct rnd_cues cues =
        cues_of(&told, (struct rnd_cue_options){.lesson = &told.lesson}, pace, &total_ns);
    assert_readable(&cues, total_ns);
    assert_true(cues.count >= 1);
    assert_int_equal(strncmp(cues.items[0].text, "Both are started", 16), 0);
    rnd_cues_free(&cues);
    forget(&told);
}

static void a_squeezed_presentation_leaves_out_what_cannot_be_read(void **state)
{
    struct told told;
    int64_t total_ns;
    (void)state;
    tell(&told);
    struct rnd_pace_options pace = rnd_pace_defaults();
    uint32_t last = RND_NEVER;
    for (pace.total_ns = 16 * SECOND; pace.total_ns > SECOND / 2; pace.total_ns /= 2) {
        struct rnd_cues cues =
            cues_of(&told, (struct rnd_cue_options){.lesson = &told.lesson}, pace, &total_ns);
        assert_readable(&cues, total_ns);
        assert_true(cues.count <= last);
        last = cues.count;
        rnd_cues_free(&cues);
    }
    assert_int_equal(last, 0);
    forget(&told);
}

static void our_own_sentences_are_shown_where_there_is_time(void **state)
{
    struct told told;
    int64_t total_ns, held_ns;
    (void)state;
    tell(&told);
    struct rnd_cues cues =
        cues_of(&told, (struct rnd_cue_options){0},
                (struct rnd_pace_options){.speed = 0.1, .hold_ns = SECOND / 10}, &total_ns);
    assert_readable(&cues, total_ns);
    assert_true(cues.count >= 2 && cues.count < told.model->stop_count / 2);
    assert_false(cues.items[0].comment);
    rnd_cues_free(&cues);
    cues =
        cues_of(&told, (struct rnd_cue_options){.hold_all = true}, rnd_pace_defaults(), &held_ns);
    assert_readable(&cues, held_ns);
    assert_int_equal(cues.count, told.model->stop_count);
    rnd_cues_free(&cues);
    forget(&told);
}

static void a_marker_is_a_pause(void **state)
{
    struct told told;
    struct rnd_pace_hold *holds = NULL;
    uint32_t count = 0, cursor;
    (void)state;
    tell(&told);
    cursor = rnd_step_at_line(told.model, 8);
    assert_int_equal(rnd_cues_holds(told.model,
                                    &(struct rnd_cue_options){.lesson = &told.lesson,
                                                              .marker_pause_ns = 7 * SECOND},
                                    &holds, &count),
                     0);
    assert_int_equal(count, 4);
    assert_int_equal(holds[3].cursor, cursor);
    assert_true(holds[3].at_least_ns == 7 * SECOND);
    free(holds);
    forget(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_takes_a_second_for_17_characters),
        cmocka_unit_test(every_comment_is_shown_once_and_can_be_read),
        cmocka_unit_test(what_begins_to_be_read_in_a_squeezed_presentation_stays),
        cmocka_unit_test(a_squeezed_presentation_leaves_out_what_cannot_be_read),
        cmocka_unit_test(our_own_sentences_are_shown_where_there_is_time),
        cmocka_unit_test(a_marker_is_a_pause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
