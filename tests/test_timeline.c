/* The timeline: rows that fold and are pinned, ranges, marks, arrows, the map, and what crowds. */
#include "view_stage.h"

#include "render/model/step.h"

#include <math.h>

static void update_rows(struct stage *stage, struct rnd_rows *rows)
{
    assert_int_equal(rnd_rows_update(rows, stage->model), 0);
    stage->view.timeline.rows = rows;
}

static uint32_t hits_of(const struct stage *stage, enum rnd_hit_kind kind)
{
    uint32_t count = 0;
    for (size_t i = 0; i < stage->hits.count; i++)
        count += stage->hits.items[i].kind == kind;
    return count;
}

static struct rnd_rect hit_of(const struct stage *stage, enum rnd_hit_kind kind, uint32_t value)
{
    for (size_t i = 0; i < stage->hits.count; i++)
        if (stage->hits.items[i].kind == kind && stage->hits.items[i].value == value)
            return stage->hits.items[i].rect;
    fail_msg("there is no place of kind %d and value %u", (int)kind, value);
    return (struct rnd_rect){0};
}

/* How many lines and curves of that colour there are. */
static uint32_t lines_of(const struct stage *stage, rnd_colour colour)
{
    uint32_t count = 0;
    for (size_t i = 0; i < rnd_list_count(stage->list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(stage->list, i);
        count += cmd->kind == RND_CMD_LINE && cmd->colour == colour;
    }
    return count;
}

/* The command that writes a text. */
static const struct rnd_cmd *text_of(const struct stage *stage, const char *text)
{
    for (size_t i = 0; i < rnd_list_count(stage->list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(stage->list, i);
        if (cmd->kind == RND_CMD_TEXT && strcmp(rnd_list_string(stage->list, cmd), text) == 0)
            return cmd;
    }
    fail_msg("\"%s\" is not shown", text);
    return NULL;
}

/* --- the ruler -------------------------------------------------------------------------------- */

/* Whether a box is the flag of a moment: on the ruler, and filled. */
static bool is_flag(const struct rnd_cmd *cmd, struct rnd_rect ruler)
{
    return cmd->kind == RND_CMD_ROUND && rnd_colour_alpha(cmd->colour) && cmd->box.w > 20 &&
           cmd->box.h < ruler.h && cmd->box.y + cmd->box.h / 2 > ruler.y &&
           cmd->box.y + cmd->box.h / 2 < ruler.y + ruler.h;
}

static void labels_of_the_ruler_keep_away_from_the_flags(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    struct rnd_rect ruler = rnd_view_layout(&stage->view).ruler;
    stage->view.pointer_in = true;
    stage->view.pointer_y = ruler.y + 2 * ruler.h;
    unsigned labels = 0;
    for (double x = 1; x < ruler.w; x += 3) {
        stage->view.pointer_x = ruler.x + x;
        draw(stage, (uint32_t)(x / ruler.w * stage->model->event_count));
        for (size_t i = 0; i < rnd_list_count(stage->list); i++) {
            const struct rnd_cmd *label = rnd_list_at(stage->list, i);
            if (label->kind != RND_CMD_TEXT || label->u.text.font != RND_FONT_MONO ||
                label->box.y < ruler.y || label->box.y > ruler.y + ruler.h ||
                !strstr(rnd_list_string(stage->list, label), " s"))
                continue;
            struct rnd_rect box = text_box(stage, label, (struct rnd_rect){0, 0, 1920, 1080});
            labels++;
            for (size_t n = 0; n < rnd_list_count(stage->list); n++) {
                struct rnd_rect flag = rnd_list_at(stage->list, n)->box;
                if (is_flag(rnd_list_at(stage->list, n), ruler))
                    assert_true(box.x + box.w + 6 < flag.x || box.x > flag.x + flag.w + 6);
            }
        }
    }
    assert_true(labels > 100);
    close_stage(stage);
}

/* --- names ------------------------------------------------------------------------------------ */

/* Whether a text is drawn that begins so, and has the other further on. */
static bool shows_both(const struct stage *stage, const char *begin, const char *more)
{
    for (size_t i = 0; i < rnd_list_count(stage->list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(stage->list, i);
        const char *text = cmd->kind == RND_CMD_TEXT ? rnd_list_string(stage->list, cmd) : "";
        if (strncmp(text, begin, strlen(begin)) == 0 && strstr(text, more))
            return true;
    }
    return false;
}

static void names_that_agree_at_both_ends_are_told_apart(void **state)
{
    static const char *const names[] = {"fetch_the_profile_from_primary_of_the_database",
                                        "fetch_the_profile_from_replica_of_the_database",
                                        "another name that is by far too long to be read whole"};
    (void)state;
    struct stage *stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    struct story *s = &stage->story;
    story_open(s, 1000);
    uint32_t main = story_begin(s);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        SIM_PUT(&s->trace, TASK_NAMED, 0, 0, story_create(s, main, "worker", 3),
                story_text(s, names[i]), 0);
    story_end(s);
    open_stage(stage);
    for (size_t i = 0; i < SIZES; i++) {
        rnd_view_resize(&stage->view, sizes[i].width_px, sizes[i].height_px,
                        rnd_layout_scale(&stage->view.spec, sizes[i].width_px, sizes[i].height_px),
                        stage->model, &stage->script);
        draw(stage, stage->model->event_count);
        assert_true(shows_both(stage, "fe", "…pri"));
        assert_true(shows_both(stage, "fe", "…repl"));
        assert_true(shows_both(stage, "anoth", "whole"));
        assert_texts_apart(stage);
    }
    close_stage(stage);
}

/* --- rows ------------------------------------------------------------------------------------- */

static void children_are_indented_below_their_parent_which_folds(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    struct rnd_rows rows = {0};
    update_rows(stage, &rows);
    draw(stage, stage->model->event_count);
    assert_int_equal(hits_of(stage, RND_HIT_FOLD), 1);
    assert_true(shows(stage, "io_task #2"));
    assert_int_equal(rnd_rows_toggle_fold(&rows, 1), 0);
    update_rows(stage, &rows);
    draw(stage, stage->model->event_count);
    assert_int_equal(hits_of(stage, RND_HIT_FOLD), 1);
    assert_false(shows(stage, "io_task #2"));
    rnd_rows_close(&rows);
    close_stage(stage);
}

static void a_pinned_lane_stays_while_others_scroll(void **state)
{
    (void)state;
    enum { TASKS = 60 };
    struct stage *stage = calloc(1, sizeof *stage);
    struct rnd_rows rows = {0};
    assert_non_null(stage);
    story_open(&stage->story, 4096);
    uint32_t main = story_begin(&stage->story);
    story_iterate(&stage->story, 1, 0);
    story_step(&stage->story, main, SIM_RESUME_START);
    for (int i = 0; i < TASKS; i++)
        (void)story_create(&stage->story, main, "io_task", 3);
    open_stage(stage);
    assert_int_equal(rnd_rows_toggle_pin(&rows, 30), 0);
    update_rows(stage, &rows);
    draw(stage, stage->model->event_count);
    struct rnd_layout l = rnd_view_layout(&stage->view);
    for (double scroll = 0; scroll < 1500; scroll += 333) {
        stage->view.lanes_px = scroll;
        rnd_view_draw(&stage->view, stage->model, &stage->script, stage->fonts, stage->list,
                      &stage->hits);
        assert_int_equal(rnd_hits_at(&stage->hits, l.axis.x + 5, l.lanes.y + 5).value, 30);
        assert_true(rnd_hits_at(&stage->hits, l.axis.x + 5, l.lanes.y + l.lanes.h / 2).value != 30);
    }
    rnd_rows_close(&rows);
    close_stage(stage);
}

static void the_corner_has_tools_or_the_filter(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    struct rnd_rows rows = {0};
    struct rnd_rows_options options = {.filter = "io"};
    update_rows(stage, &rows);
    draw(stage, 0);
    assert_int_equal(hits_of(stage, RND_HIT_TOOL), RND_TOOLS);
    rnd_rows_set(&rows, &options);
    update_rows(stage, &rows);
    draw(stage, 0);
    assert_int_equal(hits_of(stage, RND_HIT_TOOL), 1);
    assert_true(shows(stage, "io"));
    stage->view.timeline.editing = RND_EDITING_FILTER;
    rnd_field_set(&stage->view.timeline.field, "");
    draw(stage, 0);
    assert_true(shows(stage, "part of a name"));
    assert_int_equal(hits_of(stage, RND_HIT_FIELD), 1);
    rnd_rows_close(&rows);
    close_stage(stage);
}

/* --- ranges and marks ------------------------------------------------------------------------- */

static void a_range_says_how_long_it_is_and_how_it_was_spent(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    struct rnd_timeline_view *view = &stage->view.timeline;
    view->range = rnd_range_between(rnd_model_at_time(stage->model, SECOND / 2),
                                    rnd_model_at_time(stage->model, 3 * SECOND / 2));
    view->range_task = 3;
    view->range_totals = rnd_range_totals(stage->model, &view->range, 3);
    view->range_totals_of_all = rnd_range_totals_of_all(stage->model, &view->range);
    view->range_counted = true;
    draw(stage, 0);
    uint32_t events = rnd_step_number(stage->model, view->range.to.cursor) -
                      rnd_step_number(stage->model, view->range.from.cursor);
    char text[64];
    (void)snprintf(text, sizeof text, "1.0 s · %u events", events);
    assert_true(shows(stage, text));
    assert_true(shows(stage, "waited") && shows(stage, "all tasks"));
    assert_int_equal(hits_of(stage, RND_HIT_EDGE), 2);
    /* What is said of it hides no lane. */
    struct rnd_layout layout = rnd_view_layout(&stage->view);
    assert_true(text_of(stage, "all tasks")->box.y > layout.lanes.y + layout.lanes.h);
    assert_true(text_of(stage, "all tasks")->box.y < layout.minimap.y);
    /* Up to the playhead, while only one end is set. */
    view->range.set = false;
    view->anchored = true;
    view->anchor = rnd_model_at_time(stage->model, 0);
    draw(stage, stage->model->event_count);
    (void)snprintf(text, sizeof text, "2.0 s · %u events",
                   stage->model->stop_count - rnd_step_number(stage->model, view->anchor.cursor));
    assert_true(shows(stage, text));
    assert_int_equal(hits_of(stage, RND_HIT_EDGE), 0);
    close_stage(stage);
}

static void marks_stand_on_the_ruler_and_tell_their_note(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    struct rnd_notes notes = {0};
    uint32_t index;
    struct rnd_moment moment = rnd_model_at_time(stage->model, SECOND);
    assert_int_equal(rnd_notes_add(&notes, stage->model, moment, "half way", &index), 0);
    moment = notes.items[index].moment; /* at a stop */
    assert_int_equal(rnd_notes_change(&notes, index, "half way", "one of two is done"), 0);
    stage->view.timeline.notes = &notes;
    draw(stage, 0);
    assert_true(shows(stage, "half way"));
    assert_false(shows(stage, "one of two is done"));
    assert_int_equal(hits_of(stage, RND_HIT_MARK), 1);
    draw(stage, moment.cursor);
    assert_true(shows(stage, "one of two is done"));
    stage->view.timeline.editing = RND_EDITING_NOTE;
    stage->view.timeline.mark = index;
    rnd_field_set(&stage->view.timeline.field, "another note");
    draw(stage, moment.cursor);
    assert_true(shows(stage, "another note"));
    rnd_notes_close(&notes);
    close_stage(stage);
}

/* Where there is no room at the right of one of them, there is at its left. */
static void the_names_of_two_marks_that_are_near_are_whole(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    struct rnd_notes notes = {0};
    uint32_t index;
    struct rnd_moment second = rnd_model_at_time(stage->model, SECOND);
    struct rnd_moment first = rnd_model_moment(stage->model, second.cursor - 5);
    assert_int_equal(rnd_notes_add(&notes, stage->model, first, "the first of them", &index), 0);
    assert_int_equal(rnd_notes_add(&notes, stage->model, second, "the second", &index), 0);
    stage->view.timeline.notes = &notes;
    draw(stage, 0);
    const struct rnd_cmd *names[] = {text_of(stage, "the first of them"),
                                     text_of(stage, "the second")};
    struct rnd_rect all = {0, 0, 1920, 1080}, axis = rnd_view_layout(&stage->view).axis;
    struct rnd_rect boxes[] = {text_box(stage, names[0], all), text_box(stage, names[1], all)};
    double x[2];
    for (uint32_t i = 0; i < 2; i++)
        x[i] = axis.x + rnd_axis_x_moment(&stage->view.axis, notes.items[i].moment);
    assert_true(x[1] - x[0] < boxes[0].w); /* else nothing is proved */
    assert_true(boxes[0].x + boxes[0].w < x[0] && boxes[1].x > x[1]);
    rnd_notes_close(&notes);
    close_stage(stage);
}

static void a_mark_of_ones_own_is_seen_before_the_lessons(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    struct rnd_notes notes = {0};
    uint32_t lessons, own;
    struct rnd_moment moment = rnd_model_at_time(stage->model, SECOND);
    for (int own_first = 0; own_first < 2; own_first++) {
        assert_int_equal(rnd_notes_add(&notes, stage->model, moment, "a", &lessons), 0);
        assert_int_equal(rnd_notes_add(&notes, stage->model, moment, "b", &own), 0);
        for (uint32_t i = 0; i < notes.count; i++)
            notes.items[i].own = (notes.items[i].name[0] == 'a') == own_first;
        stage->view.timeline.notes = &notes;
        draw(stage, 0);
        assert_int_equal(shows(stage, "a"), own_first);
        assert_int_equal(shows(stage, "b"), !own_first);
        assert_int_equal(hits_of(stage, RND_HIT_MARK), 1);
        rnd_notes_close(&notes);
    }
    close_stage(stage);
}

/* --- arrows and the map ----------------------------------------------------------------------- */

static void arrows_are_those_that_are_wanted(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    uint32_t counts[RND_ARROWS_MODES];
    stage->view.selected = 2;
    for (int mode = 0; mode < RND_ARROWS_MODES; mode++) {
        stage->view.timeline.arrows = (enum rnd_arrows)mode;
        draw(stage, stage->model->event_count);
        /* Of timers, which are in the colour of what is ready. */
        counts[mode] = lines_of(stage, stage->view.theme->ready);
    }
    assert_int_equal(counts[RND_ARROWS_NONE], 0);
    assert_int_equal(counts[RND_ARROWS_STEP], 0);
    /* One more is in the legend, which explains those that are not just of the step. */
    assert_int_equal(counts[RND_ARROWS_SELECTED], 1 + 1);
    assert_int_equal(counts[RND_ARROWS_ALL], 3 + 1);
    stage->view.timeline.arrows = RND_ARROWS_ALL;
    draw(stage, stage->model->event_count);
    assert_true(shows(stage, "timer") && shows(stage, "created") && shows(stage, "result"));
    assert_false(shows(stage, "time is up"));
    close_stage(stage);
}

static void the_whole_run_leaves_as_much_room_as_is_written_in(void **state)
{
    struct stage *stage = gather_stage();
    (void)state;
    for (size_t i = 0; i < SIZES; i++)
        for (int large = 0; large < 2; large++) {
            stage->view.width_px = sizes[i].width_px;
            stage->view.height_px = sizes[i].height_px;
            rnd_view_set_layout(&stage->view, &(struct rnd_layout_spec){.large = large}, 0);
            rnd_view_fit(&stage->view, stage->model, &stage->script);
            draw(stage, stage->model->event_count);
            struct rnd_layout l = rnd_view_layout(&stage->view);
            double end = l.axis.x + l.axis.w;
            /* The mark after the last lane that ends, or what is written after another. */
            double last = rnd_axis_x(&stage->view.axis, stage->model->event_count);
            double right = l.axis.x + last + rnd_sizes_px(&l.sizes, 22);
            assert_true(right <= end);
            for (size_t n = 0; n < rnd_list_count(stage->list); n++) {
                const struct rnd_cmd *cmd = rnd_list_at(stage->list, n);
                if (cmd->kind != RND_CMD_TEXT || !rnd_rect_has(l.lanes, cmd->box.x, cmd->box.y) ||
                    cmd->box.x < l.axis.x)
                    continue;
                struct rnd_rect box = text_box(stage, cmd, l.timeline);
                assert_true(box.x + box.w <= end);
                right = fmax(right, box.x + box.w);
            }
            assert_true(right > end - 0.04 * l.axis.w - rnd_sizes_px(&l.sizes, 40));
        }
    close_stage(stage);
}

static void the_map_shows_which_part_is_seen(void **state)
{
    (void)state;
    struct stage *stage = gather_stage();
    draw(stage, 0);
    struct rnd_rect map = hit_of(stage, RND_HIT_MAP, 0);
    uint64_t whole = rnd_list_hash(stage->list);
    struct rnd_axis axis = rnd_view_map(&stage->view, stage->model);
    assert_true(fabs(axis.width_px - map.w) < 1);
    assert_true(rnd_axis_x(&axis, 0) >= 0);
    assert_true(rnd_axis_x(&axis, stage->model->event_count) <= map.w);
    rnd_axis_zoom(&stage->view.axis, 0, 4);
    stage->view.whole = false;
    draw(stage, 0);
    assert_true(rnd_list_hash(stage->list) != whole);
    /* It is the same whatever the timeline shows. */
    struct rnd_axis near = rnd_view_map(&stage->view, stage->model);
    assert_true(fabs(near.px_per_ns - axis.px_per_ns) < 1e-12);
    close_stage(stage);
}

/* --- crowds ----------------------------------------------------------------------------------- */

/* Commands that a frame takes on a run of so many steps of one task. */
static size_t commands_for(int steps, double zoom)
{
    struct stage *stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    struct story *s = &stage->story;
    story_open(s, 1 << 18);
    uint32_t main = story_begin(s);
    for (int64_t i = 0; i < steps; i++) {
        story_iterate(s, 1, 0);
        story_step(s, main, SIM_RESUME_SEND);
        uint32_t timer = story_sleep(s, (i + 1) * SECOND);
        story_clock(s, SIM_CLOCK_IDLE, (i + 1) * SECOND);
        story_fire(s, timer, 0);
        story_wake(s, timer, main);
    }
    open_stage(stage);
    if (zoom > 1) {
        rnd_axis_zoom(&stage->view.axis, 0, zoom);
        stage->view.whole = false;
    }
    draw(stage, 0);
    size_t count = rnd_list_count(stage->list);
    close_stage(stage);
    return count;
}

static void a_picture_costs_what_is_seen_however_much_there_is(void **state)
{
    (void)state;
    size_t some = commands_for(4000, 1), many = commands_for(16000, 1);
    assert_true(many < some + some / 10);
    assert_true(commands_for(16000, 4) < some + some / 10);
    assert_true(some < 4000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_of_the_ruler_keep_away_from_the_flags),
        cmocka_unit_test(names_that_agree_at_both_ends_are_told_apart),
        cmocka_unit_test(children_are_indented_below_their_parent_which_folds),
        cmocka_unit_test(a_pinned_lane_stays_while_others_scroll),
        cmocka_unit_test(the_corner_has_tools_or_the_filter),
        cmocka_unit_test(a_range_says_how_long_it_is_and_how_it_was_spent),
        cmocka_unit_test(marks_stand_on_the_ruler_and_tell_their_note),
        cmocka_unit_test(the_names_of_two_marks_that_are_near_are_whole),
        cmocka_unit_test(a_mark_of_ones_own_is_seen_before_the_lessons),
        cmocka_unit_test(arrows_are_those_that_are_wanted),
        cmocka_unit_test(the_whole_run_leaves_as_much_room_as_is_written_in),
        cmocka_unit_test(the_map_shows_which_part_is_seen),
        cmocka_unit_test(a_picture_costs_what_is_seen_however_much_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
