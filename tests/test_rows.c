/* The rows of the timeline: their order, what is folded, pinned and filtered. */
#include "trace_story.h"

#include "render/model/rows.h"

/* The tasks of a family: main makes two servers, each of which makes two clients, in turns. */
enum { MAIN = 1, ALPHA, BETA, A1, B1, A2, B2, INNER };

struct family {
    struct story story;
    struct rnd_model *model;
    struct rnd_rows rows;
};

static uint32_t named(struct story *s, uint32_t parent, const char *name)
{
    uint32_t task = ++s->tasks;
    SIM_PUT(&s->trace, TASK_CREATED, SIM_TASK_NAMED, 0, task, story_text(s, name), parent);
    SIM_PUT(&s->trace, TASK_CORO, 0, 0, task, story_text(s, "work"), 3);
    return task;
}

/* A2 and B2 come later, and so does what asyncio makes for itself. */
static void tell_begin(struct family *f)
{
    struct story *s = &f->story;
    story_open(s, 4096);
    assert_int_equal(story_begin(s), MAIN);
    story_iterate(s, 1, 0);
    story_step(s, MAIN, SIM_RESUME_START);
    assert_int_equal(named(s, MAIN, "Zulu"), ALPHA);
    assert_int_equal(named(s, MAIN, "Beta"), BETA);
    assert_int_equal(named(s, ALPHA, "a1"), A1);
    assert_int_equal(named(s, BETA, "b1"), B1);
}

static void tell_rest(struct family *f)
{
    struct story *s = &f->story;
    assert_int_equal(named(s, ALPHA, "a2"), A2);
    assert_int_equal(named(s, BETA, "b2"), B2);
    uint32_t inner = ++s->tasks;
    assert_int_equal(inner, INNER);
    SIM_PUT(&s->trace, TASK_CREATED, SIM_TASK_INTERNAL, 0, inner, story_text(s, "inner"), B2);
}

static struct family *family(void)
{
    struct family *f = calloc(1, sizeof *f);
    assert_non_null(f);
    tell_begin(f);
    tell_rest(f);
    f->model = story_model(&f->story);
    assert_int_equal(rnd_rows_update(&f->rows, f->model), 0);
    return f;
}

static void family_close(struct family *f)
{
    rnd_rows_close(&f->rows);
    rnd_model_free(f->model);
    story_close(&f->story);
    free(f);
}

static void assert_rows(struct family *f, const uint32_t *tasks, uint32_t count)
{
    assert_int_equal(rnd_rows_update(&f->rows, f->model), 0);
    assert_int_equal(rnd_rows_count(&f->rows, f->model), count);
    for (uint32_t row = 0; row < count; row++) {
        assert_int_equal(rnd_rows_at(&f->rows, f->model, row).task, tasks[row]);
        assert_int_equal(rnd_rows_find(&f->rows, f->model, tasks[row]), row);
    }
    assert_int_equal(rnd_rows_at(&f->rows, f->model, count).task, 0);
}
#define ASSERT_ROWS(f, ...)                                                                        \
    assert_rows((f), (const uint32_t[]){__VA_ARGS__},                                              \
                sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

static void children_stand_below_their_parents(void **state)
{
    (void)state;
    struct family *f = family();
    ASSERT_ROWS(f, MAIN, ALPHA, A1, A2, BETA, B1, B2);
    const unsigned depths[] = {0, 1, 2, 2, 1, 2, 2};
    for (uint32_t row = 0; row < 7; row++)
        assert_int_equal(rnd_rows_at(&f->rows, f->model, row).depth, depths[row]);
    assert_true(rnd_rows_at(&f->rows, f->model, 1).parent);
    assert_false(rnd_rows_at(&f->rows, f->model, 2).parent);
    struct rnd_rows_options options = {.flat = true};
    rnd_rows_set(&f->rows, &options);
    ASSERT_ROWS(f, MAIN, ALPHA, BETA, A1, B1, A2, B2);
    family_close(f);
}

static void what_is_folded_hides_its_children(void **state)
{
    (void)state;
    struct family *f = family();
    assert_int_equal(rnd_rows_toggle_fold(&f->rows, ALPHA), 0);
    ASSERT_ROWS(f, MAIN, ALPHA, BETA, B1, B2);
    assert_true(rnd_rows_at(&f->rows, f->model, 1).folded);
    assert_int_equal(rnd_rows_find(&f->rows, f->model, A1), RND_NEVER);
    assert_int_equal(rnd_rows_toggle_fold(&f->rows, MAIN), 0);
    ASSERT_ROWS(f, MAIN);
    assert_int_equal(rnd_rows_toggle_fold(&f->rows, MAIN), 0);
    assert_int_equal(rnd_rows_toggle_fold(&f->rows, ALPHA), 0);
    ASSERT_ROWS(f, MAIN, ALPHA, A1, A2, BETA, B1, B2);
    family_close(f);
}

static void what_is_pinned_comes_first_and_leaves_its_children(void **state)
{
    (void)state;
    struct family *f = family();
    assert_int_equal(rnd_rows_toggle_pin(&f->rows, B2), 0);
    assert_int_equal(rnd_rows_toggle_pin(&f->rows, ALPHA), 0);
    ASSERT_ROWS(f, ALPHA, B2, MAIN, BETA, B1, A1, A2);
    assert_int_equal(f->rows.pinned_count, 2);
    assert_true(rnd_rows_at(&f->rows, f->model, 0).pinned);
    assert_int_equal(rnd_rows_at(&f->rows, f->model, 5).depth, 1);
    family_close(f);
}

static void a_filter_takes_any_letters_and_shows_no_tree(void **state)
{
    (void)state;
    struct family *f = family();
    struct rnd_rows_options options = {.filter = "B"};
    rnd_rows_set(&f->rows, &options);
    ASSERT_ROWS(f, BETA, B1, B2);
    assert_int_equal(rnd_rows_at(&f->rows, f->model, 2).depth, 0);
    family_close(f);
}

static void rows_are_sorted_by_name_among_siblings(void **state)
{
    (void)state;
    struct family *f = family();
    struct rnd_rows_options options = {.sort = RND_ROWS_BY_NAME};
    rnd_rows_set(&f->rows, &options);
    ASSERT_ROWS(f, MAIN, BETA, B1, B2, ALPHA, A1, A2);
    family_close(f);
}

static void what_asyncio_makes_is_shown_when_wanted(void **state)
{
    (void)state;
    struct family *f = family();
    struct rnd_rows_options options = {.internal = true};
    rnd_rows_set(&f->rows, &options);
    ASSERT_ROWS(f, MAIN, ALPHA, A1, A2, BETA, B1, B2, INNER);
    assert_int_equal(rnd_rows_at(&f->rows, f->model, 7).depth, 3);
    family_close(f);
}

static void who_waited_longest_comes_first(void **state)
{
    (void)state;
    struct family *f = calloc(1, sizeof *f);
    assert_non_null(f);
    story_open(&f->story, 1000);
    (void)story_of_gather(&f->story);
    f->model = story_model(&f->story);
    struct rnd_rows_options options = {.sort = RND_ROWS_BY_WAITED, .flat = true};
    rnd_rows_set(&f->rows, &options);
    ASSERT_ROWS(f, 1, 3, 2);
    family_close(f);
}

static void rows_that_grow_are_as_those_made_at_once(void **state)
{
    (void)state;
    struct family *f = calloc(1, sizeof *f);
    assert_non_null(f);
    tell_begin(f);
    f->model = story_model(&f->story);
    ASSERT_ROWS(f, MAIN, ALPHA, A1, BETA, B1);
    assert_int_equal(rnd_rows_toggle_fold(&f->rows, BETA), 0);
    ASSERT_ROWS(f, MAIN, ALPHA, A1, BETA);
    tell_rest(f);
    struct sim_trace_view view = sim_trace_view_of(&f->story.memory);
    assert_int_equal(rnd_model_update(f->model, &view), 0);
    ASSERT_ROWS(f, MAIN, ALPHA, A1, A2, BETA);
    assert_int_equal(rnd_rows_toggle_fold(&f->rows, BETA), 0);
    ASSERT_ROWS(f, MAIN, ALPHA, A1, A2, BETA, B1, B2);
    family_close(f);
}

static void the_next_run_has_the_same_rows(void **state)
{
    (void)state;
    struct family *f = family();
    struct rnd_rows next = {0};
    struct rnd_rows_options options = {.sort = RND_ROWS_BY_NAME};
    rnd_rows_set(&f->rows, &options);
    assert_int_equal(rnd_rows_toggle_pin(&f->rows, A2), 0);
    assert_int_equal(rnd_rows_inherit(&next, &f->rows), 0);
    rnd_rows_close(&f->rows);
    f->rows = next;
    ASSERT_ROWS(f, A2, MAIN, BETA, B1, B2, ALPHA, A1);
    family_close(f);
}

static void without_rows_all_lanes_are_shown_in_order(void **state)
{
    (void)state;
    struct family *f = family();
    assert_int_equal(rnd_rows_count(NULL, f->model), 7);
    for (uint32_t row = 0; row < 7; row++) {
        assert_int_equal(rnd_rows_at(NULL, f->model, row).task, row + 1);
        assert_int_equal(rnd_rows_find(NULL, f->model, row + 1), row);
    }
    assert_int_equal(rnd_rows_find(NULL, f->model, INNER), RND_NEVER);
    family_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_stand_below_their_parents),
        cmocka_unit_test(what_is_folded_hides_its_children),
        cmocka_unit_test(what_is_pinned_comes_first_and_leaves_its_children),
        cmocka_unit_test(a_filter_takes_any_letters_and_shows_no_tree),
        cmocka_unit_test(rows_are_sorted_by_name_among_siblings),
        cmocka_unit_test(what_asyncio_makes_is_shown_when_wanted),
        cmocka_unit_test(who_waited_longest_comes_first),
        cmocka_unit_test(rows_that_grow_are_as_those_made_at_once),
        cmocka_unit_test(the_next_run_has_the_same_rows),
        cmocka_unit_test(without_rows_all_lanes_are_shown_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
