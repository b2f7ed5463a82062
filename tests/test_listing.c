/* Listing: which lines of the output are a task's, of a range, and contain a text. */
#include "view_stage.h"

#include "render/model/listing.h"

static void story_err(struct story *s, uint32_t task, const char *text)
{
    SIM_PUT(&s->trace, OUTPUT, SIM_STREAM_STDERR, 0, task, story_text(s, text), 0);
}

/* Two tasks print at seconds 0 to 3. */
static struct stage *printing_stage(void)
{
    struct stage *stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    struct story *s = &stage->story;
    story_open(s, 1000);
    uint32_t main = story_begin(s);
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_START);
    uint32_t other = story_create(s, main, "other", 3);
    for (int64_t second = 0; second < 4; second++) {
        story_clock(s, SIM_CLOCK_IDLE, second * SECOND);
        story_print(s, main, second % 2 ? "Apple pie\n" : "pear\n");
        story_print(s, other, "apple\n");
    }
    story_err(s, main, "Apple, no e");
    story_end(s);
    open_stage(stage);
    return stage;
}

static uint32_t list(struct rnd_listing *listing, const struct rnd_model *model, uint32_t task,
                     const char *text)
{
    struct rnd_listing_wish wish = {.task = task};
    (void)snprintf(wish.text, sizeof wish.text, "%s", text);
    rnd_listing_begin(listing, &wish);
    while (rnd_listing_go_on(listing, model, 2))
        continue;
    return listing->count;
}

static void lines_of_a_task_with_a_text_are_listed(void **state)
{
    (void)state;
    struct stage *stage = printing_stage();
    struct rnd_listing listing = {0};
    assert_int_equal(list(&listing, stage->model, RND_NEVER, ""), 9);
    assert_int_equal(list(&listing, stage->model, 2, ""), 4);
    assert_int_equal(list(&listing, stage->model, RND_NEVER, "APPLE"), 7);
    assert_int_equal(list(&listing, stage->model, 1, "apple"), 3);
    assert_int_equal(list(&listing, stage->model, 1, "e p"), 2);
    assert_int_equal(list(&listing, stage->model, 1, "cherry"), 0);
    rnd_listing_close(&listing);
    close_stage(stage);
}

static void a_line_that_goes_on_is_looked_at_again(void **state)
{
    (void)state;
    struct stage *stage = printing_stage();
    struct rnd_listing listing = {0};
    assert_int_equal(list(&listing, stage->model, RND_NEVER, "no end"), 0);
    story_err(&stage->story, 1, "nd\n");
    struct sim_trace_view view = sim_trace_view_of(&stage->story.memory);
    assert_int_equal(rnd_model_update(stage->model, &view), 0);
    assert_false(rnd_listing_go_on(&listing, stage->model, 1000));
    assert_int_equal(listing.count, 1);
    assert_int_equal(listing.items[0], 8);
    rnd_listing_close(&listing);
    close_stage(stage);
}

static uint32_t count_rows(const struct stage *stage)
{
    uint32_t rows = 0;
    for (size_t i = 0; i < stage->hits.count; i++)
        rows += stage->hits.items[i].kind == RND_HIT_OUTPUT &&
                stage->hits.items[i].value != RND_HIT_NOTHING;
    return rows;
}

static void what_is_filtered_is_seen_up_to_the_cursor(void **state)
{
    (void)state;
    struct stage *stage = printing_stage();
    struct rnd_listing listing = {0};
    struct rnd_output_view *output = &stage->view.output;
    uint32_t end = stage->model->event_count, middle = stage->model->outputs[4].at;
    draw(stage, end);
    assert_int_equal(count_rows(stage), 9);
    (void)list(&listing, stage->model, RND_NEVER, "apple");
    output->listing = &listing;
    (void)snprintf(output->filter, sizeof output->filter, "apple");
    draw(stage, end);
    assert_int_equal(count_rows(stage), 7);
    assert_true(shows(stage, "apple")); /* as a line, and as the filter */
    assert_false(shows(stage, "pear"));
    draw(stage, middle);
    assert_int_equal(count_rows(stage), 3);

    /* Of the time from 1 s to 2 s, both included. */
    stage->view.timeline.range =
        rnd_range_between(rnd_model_moment(stage->model, stage->model->outputs[2].at - 1),
                          rnd_model_moment(stage->model, stage->model->outputs[5].at));
    output->in_range = true;
    draw(stage, end);
    assert_int_equal(count_rows(stage), 3);
    output->listing = NULL;
    output->filter[0] = '\0';
    draw(stage, end);
    assert_int_equal(count_rows(stage), 4);
    draw(stage, middle);
    assert_int_equal(count_rows(stage), 3);
    draw(stage, 1);
    assert_true(shows(stage, "nothing printed yet"));
    rnd_listing_close(&listing);
    close_stage(stage);
}

static void the_tools_have_room_at_every_size(void **state)
{
    (void)state;
    struct stage *stage = printing_stage();
    stage->view.selected = 2;
    stage->view.output.of_one = stage->view.output.in_range = true;
    (void)snprintf(stage->view.output.filter, sizeof stage->view.output.filter,
                   "a text that is so long that nobody would ever type it");
    for (size_t i = 0; i < SIZES; i++) {
        rnd_view_resize(&stage->view, sizes[i].width_px, sizes[i].height_px,
                        rnd_layout_scale(&stage->view.spec, sizes[i].width_px, sizes[i].height_px),
                        stage->model, &stage->script);
        stage->view.timeline.range =
            rnd_range_between(rnd_model_moment(stage->model, 1),
                              rnd_model_moment(stage->model, stage->model->event_count));
        draw(stage, stage->model->event_count);
        assert_texts_apart(stage);
        assert_true(shows(stage, "in range"));
    }
    close_stage(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_a_task_with_a_text_are_listed),
        cmocka_unit_test(a_line_that_goes_on_is_looked_at_again),
        cmocka_unit_test(what_is_filtered_is_seen_up_to_the_cursor),
        cmocka_unit_test(the_tools_have_room_at_every_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
