/* Search: what is found, in which order, in slices, and the way from one find to the next. */
#include "trace_story.h"

#include "render/model/search.h"

static const char source[] = "import asyncio\n"
                             "# io_task sleeps\n"
                             "async def io_task():\n"
                             "    await asyncio.sleep(1)\n"
                             "    return 'ok'\n"
                             "async def main():\n"
                             "    await asyncio.gather(io_task(), io_task())\n"
                             "print('both')";

/* A story, its model, and a search in them. */
struct hunt {
    struct story story;
    struct rnd_model *model;
    struct rnd_search search;
    struct rnd_search_text files[2];
    struct rnd_search_in in;
};

static struct hunt *open_hunt(void)
{
    struct hunt *hunt = calloc(1, sizeof *hunt);
    assert_non_null(hunt);
    story_open(&hunt->story, 1000);
    (void)story_of_gather(&hunt->story);
    hunt->model = story_model(&hunt->story);
    hunt->files[0] = (struct rnd_search_text){source, strlen(source)};
    hunt->in = (struct rnd_search_in){hunt->model, NULL, hunt->files, 1};
    return hunt;
}

static void close_hunt(struct hunt *hunt)
{
    rnd_search_close(&hunt->search);
    rnd_model_free(hunt->model);
    story_close(&hunt->story);
    free(hunt);
}

static void find(struct hunt *hunt, const char *text)
{
    rnd_search_begin(&hunt->search, text);
    assert_false(rnd_search_go_on(&hunt->search, &hunt->in, UINT32_MAX / 2));
}

static void every_kind_is_found_in_its_order(void **state)
{
    (void)state;
    struct hunt *hunt = open_hunt();
    find(hunt, "IO_Task");
    assert_int_equal(hunt->search.counts[RND_FOUND_TASK], 2);
    assert_int_equal(hunt->search.counts[RND_FOUND_LINE], 3);
    assert_true(hunt->search.counts[RND_FOUND_EVENT] > 0);
    assert_int_equal(rnd_search_at(&hunt->search, 0).kind, RND_FOUND_TASK);
    assert_int_equal(rnd_search_at(&hunt->search, 0).id, 2);
    assert_int_equal(rnd_search_at(&hunt->search, 2).kind, RND_FOUND_LINE);
    assert_int_equal(rnd_search_at(&hunt->search, 2).id, 2);
    assert_int_equal(rnd_search_at(&hunt->search, 2).at, RND_NEVER); /* a comment is never run */
    assert_int_equal(rnd_search_at(&hunt->search, 4).id, 7);
    assert_true(rnd_search_at(&hunt->search, 4).at < RND_NEVER);

    find(hunt, "both");
    assert_int_equal(hunt->search.counts[RND_FOUND_OUTPUT], 1);
    assert_int_equal(hunt->search.counts[RND_FOUND_LINE], 1); /* the last, which has no end */
    assert_int_equal(rnd_search_at(&hunt->search, 0).id, 8);

    find(hunt, "nothing of the kind");
    assert_int_equal(rnd_search_count(&hunt->search), 0);
    find(hunt, "");
    assert_int_equal(rnd_search_count(&hunt->search), 0);
    close_hunt(hunt);
}

static void slices_find_what_one_go_finds(void **state)
{
    (void)state;
    struct hunt *hunt = open_hunt();
    find(hunt, "a");
    uint32_t count = rnd_search_count(&hunt->search), slices = 0, before = 0;
    rnd_search_begin(&hunt->search, "a");
    while (rnd_search_go_on(&hunt->search, &hunt->in, 3)) {
        assert_true(rnd_search_count(&hunt->search) >= before);
        before = rnd_search_count(&hunt->search);
        slices++;
    }
    assert_true(slices > 10);
    assert_int_equal(rnd_search_count(&hunt->search), count);
    close_hunt(hunt);
}

static void a_growing_run_is_searched_on(void **state)
{
    (void)state;
    struct hunt *hunt = open_hunt();
    struct sim_trace_view view = sim_trace_view_of(&hunt->story.memory);
    size_t count = view.count;
    rnd_model_free(hunt->model);
    view.count = count / 2;
    assert_int_equal(rnd_model_build(&view, &hunt->model), 0);
    hunt->in.model = hunt->model;
    find(hunt, "both");
    assert_int_equal(hunt->search.counts[RND_FOUND_OUTPUT], 0);
    view.count = count;
    assert_int_equal(rnd_model_update(hunt->model, &view), 0);
    assert_false(rnd_search_go_on(&hunt->search, &hunt->in, 100000));
    assert_int_equal(hunt->search.counts[RND_FOUND_OUTPUT], 1);
    close_hunt(hunt);
}

static void finds_are_gone_through_in_time_and_round(void **state)
{
    (void)state;
    struct hunt *hunt = open_hunt();
    uint32_t index = 0, cursor = 0, steps = 0, last = 0;
    find(hunt, "io_task");
    for (uint32_t at; (at = rnd_search_near(&hunt->search, cursor, true, &index)) > cursor;) {
        assert_int_equal(rnd_search_at(&hunt->search, index).at, at);
        last = cursor = at;
        steps++;
    }
    assert_true(steps > 3);
    /* Beyond the last it begins anew; before the first, at the last. */
    uint32_t first = rnd_search_near(&hunt->search, cursor, true, &index);
    assert_true(first < last);
    assert_int_equal(rnd_search_near(&hunt->search, first, false, &index), last);
    uint32_t never_run = 2; /* the comment, and the def: module code that the story does not tell */
    assert_int_equal(rnd_search_passed(&hunt->search, last) + never_run,
                     rnd_search_count(&hunt->search));
    find(hunt, "# io_task sleeps");
    assert_int_equal(rnd_search_near(&hunt->search, 0, true, &index), RND_NEVER);
    close_hunt(hunt);
}

static void every_file_is_searched(void **state)
{
    (void)state;
    struct hunt *hunt = open_hunt();
    SIM_PUT(&hunt->story.trace, LINE, 0, 0, 0, 2, story_text(&hunt->story, "other.py"));
    struct sim_trace_view view = sim_trace_view_of(&hunt->story.memory);
    assert_int_equal(rnd_model_update(hunt->model, &view), 0);
    find(hunt, "await asyncio.sleep");
    assert_int_equal(hunt->search.counts[RND_FOUND_LINE], 1);
    /* The run comes to another file: the search goes on there. */
    static const char other[] = "# await asyncio.sleep\nawait asyncio.sleep(2)\n";
    hunt->files[1] = (struct rnd_search_text){other, strlen(other)};
    hunt->in.file_count = 2;
    assert_false(rnd_search_go_on(&hunt->search, &hunt->in, UINT32_MAX / 2));
    assert_int_equal(hunt->search.counts[RND_FOUND_LINE], 3);
    assert_int_equal(hunt->search.items[RND_FOUND_LINE][0].file, 0);
    struct rnd_found found = hunt->search.items[RND_FOUND_LINE][2];
    assert_int_equal(found.file, 1);
    assert_int_equal(found.id, 2);
    assert_int_equal(found.at, hunt->model->event_count);
    assert_int_equal(hunt->search.items[RND_FOUND_LINE][1].at, RND_NEVER);
    close_hunt(hunt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_found_in_its_order),
        cmocka_unit_test(slices_find_what_one_go_finds),
        cmocka_unit_test(a_growing_run_is_searched_on),
        cmocka_unit_test(finds_are_gone_through_in_time_and_round),
        cmocka_unit_test(every_file_is_searched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
