/* The model when memory is out: an error, nothing lost, and the same model once there is some
 * again. The linker sends the model's allocations through here. */
#include "trace_story.h"

#include "render/model/lesson.h"
#include "render/model/pace.h"

/* The allocation after so many fails; below 0 none does. */
static int left = -1;

static bool has_memory(void)
{
    return left < 0 || left-- > 0;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);

void *__wrap_malloc(size_t size)
{
    return has_memory() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
    return has_memory() ? __real_calloc(count, size) : NULL;
}

void *__wrap_realloc(void *block, size_t size)
{
    return has_memory() ? __real_realloc(block, size) : NULL;
}

static int build_with(const struct sim_trace_view *view, int allocations, struct rnd_model **out)
{
    left = allocations;
    int error = rnd_model_build(view, out);
    left = -1;
    return error;
}

static void a_model_that_cannot_be_made_leaves_nothing_behind(void **state)
{
    struct story s;
    struct rnd_model *model = NULL;
    int allocations = 0;
    (void)state;
    story_open(&s, 1000);
    story_of_timeout(&s);
    for (uint32_t i = 1; i <= 20; i++) {
        SIM_PUT(&s.trace, SYNC_NEW, SIM_OBJECT_LOCK, 0, i, 0, 0);
        SIM_PUT(&s.trace, SYNC, SIM_SYNC_WAIT, 1, 1, i, 1);
        SIM_PUT(&s.trace, THREAD_CREATED, SIM_THREAD_PLAIN, 0, i, 0, 0);
        SIM_PUT(&s.trace, THREAD_RUN, SIM_BATON_START, 0, i, 0, 0);
        story_line(&s, 0, i);
    }
    struct sim_trace_view view = sim_trace_view_of(&s.memory);
    while (build_with(&view, allocations, &model) < 0)
        allocations++;
    assert_true(allocations > 30);
    assert_int_equal(model->event_count, view.count);
    rnd_model_free(model);
    story_close(&s);
}

static void an_update_that_failed_can_be_tried_again(void **state)
{
    struct story s;
    struct rnd_model *model, *whole;
    int failures = 0;
    (void)state;
    story_open(&s, 1000);
    struct sim_trace_view view = sim_trace_view_of(&s.memory);
    assert_int_equal(rnd_model_build(&view, &model), 0);
    story_of_blocking(&s);
    view = sim_trace_view_of(&s.memory);
    for (int allocations = 0; model->event_count < view.count; allocations = 1 - allocations) {
        left = allocations;
        failures += rnd_model_update(model, &view) < 0;
        left = -1;
    }
    assert_true(failures > 10);
    assert_int_equal(rnd_model_build(&view, &whole), 0);
    assert_int_equal(model->slice_count, whole->slice_count);
    assert_int_equal(model->push_count, whole->push_count);
    assert_int_equal(model->link_count, whole->link_count);
    assert_int_equal(model->stop_count, whole->stop_count);
    for (uint32_t i = 0; i < whole->lane_count; i++)
        assert_int_equal(model->lanes[i].span_count, whole->lanes[i].span_count);
    rnd_model_free(whole);
    rnd_model_free(model);
    story_close(&s);
}

static void a_lesson_and_a_pace_say_that_memory_is_out(void **state)
{
    static const char source[] =
        "# title: t\n# about: a\nA = 1  # param: 0..2: x\n# caption: c\nf()\n";
    struct rnd_lesson lesson;
    struct story s;
    (void)state;
    int allocations = 0, error;
    do {
        left = allocations++;
        error = rnd_lesson_parse(source, sizeof source - 1, &lesson);
        left = -1;
    } while (error < 0);
    assert_true(allocations > 5);
    rnd_lesson_free(&lesson);
    story_open(&s, 1000);
    story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_pace_options options = rnd_pace_defaults();
    struct rnd_pace pace;
    left = 0;
    assert_int_equal(rnd_pace_init(&pace, model, &options), SIM_ENOMEM);
    left = -1;
    rnd_model_free(model);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_that_cannot_be_made_leaves_nothing_behind),
        cmocka_unit_test(an_update_that_failed_can_be_tried_again),
        cmocka_unit_test(a_lesson_and_a_pace_say_that_memory_is_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
