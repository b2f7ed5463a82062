/* The sliders: where they are, what they show, and what a place on them means. */
#include "view_stage.h"

static const char two[] = "# title: A lesson with a title that is quite long\n"
                          "LIMIT = 2.0  # param: 0.5..6.0 step 0.5 s: how long\n"
                          "WAY = \"gather\"  # param: serial|gather: which way\n";
static const char many[] = "A_LONG_NAME_OF_A_PARAMETER = 2.0  # param: 0.5..6.0 step 0.5 s: one\n"
                           "SECOND = 100000  # param: 1..1000000 step 1 items: two\n"
                           "WAY = \"gather\"  # param: serial|gather|a_third|a_fourth_word: three\n"
                           "FOURTH = 1  # param: 0..2: four\n"
                           "FIFTH = 0.125  # param: 0.125..2 step 0.125: five\n"
                           "LOCKED = True  # param: True|False: six\n";

static struct stage *stage_of(const char *script)
{
    struct stage *stage = gather_stage();
    rnd_script_close(&stage->script);
    (void)unlink(stage->path);
    write_script(stage, script);
    rnd_view_fit(&stage->view, stage->model, &stage->script);
    return stage;
}

static void set_size(struct stage *stage, int width_px, int height_px)
{
    struct rnd_layout_spec spec = {0};
    stage->view.width_px = width_px;
    stage->view.height_px = height_px;
    rnd_view_set_layout(&stage->view, &spec, 0);
    rnd_view_fit(&stage->view, stage->model, &stage->script);
}

static const struct rnd_hit *find(const struct stage *stage, enum rnd_hit_kind kind, uint32_t value)
{
    for (size_t i = 0; i < stage->hits.count; i++)
        if (stage->hits.items[i].kind == kind && stage->hits.items[i].value == value)
            return &stage->hits.items[i];
    return NULL;
}

static void all_parameters_are_there_and_apart_at_any_size(void **state)
{
    static const char *const scripts[] = {two, many};
    (void)state;
    for (size_t s = 0; s < 2; s++) {
        struct stage *stage = stage_of(scripts[s]);
        for (size_t i = 0; i < SIZES; i++) {
            set_size(stage, sizes[i].width_px, sizes[i].height_px);
            draw(stage, 20);
            assert_texts_apart(stage);
            for (uint32_t p = 0; p < stage->script.lesson.param_count; p++)
                assert_non_null(find(stage, RND_HIT_PARAM_NAME, p));
        }
        close_stage(stage);
    }
}

static void a_slider_leads_from_the_lowest_to_the_highest_value(void **state)
{
    (void)state;
    struct stage *stage = stage_of(two);
    draw(stage, 0);
    const struct rnd_hit *hit = find(stage, RND_HIT_PARAM, 0);
    assert_non_null(hit);
    const struct rnd_param *param = &stage->script.lesson.params[0];
    struct rnd_rect rect = hit->rect;
    assert_float_equal(rnd_param_at(param, rnd_params_share(rect, rect.x)), 0.5, 0);
    assert_float_equal(rnd_param_at(param, rnd_params_share(rect, rect.x + rect.w)), 6, 0);
    assert_float_equal(rnd_params_share(rect, rect.x + rect.w / 2), 0.5, 1e-9);
    /* Its knob is where its value is. */
    double knob = 0, wanted = rnd_param_share(param, 2.0);
    for (size_t i = 0; i < rnd_list_count(stage->list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(stage->list, i);
        if (cmd->box.w == cmd->box.h && cmd->box.x > rect.x && cmd->box.x < rect.x + rect.w &&
            cmd->box.y > rect.y && cmd->box.y < rect.y + rect.h)
            knob = cmd->box.x + cmd->box.w / 2;
    }
    assert_true(fabs(rnd_params_share(rect, knob) - wanted) < 0.02);
    /* What is not needed is left to the title: the last word stands before the buttons. */
    struct rnd_rect last = {0};
    for (uint32_t word = 0; word <= stage->script.lesson.params[1].high; word++)
        last = find(stage, RND_HIT_PARAM_WORD, RND_PARAM_WORDS_MAX + word)->rect;
    struct rnd_layout l = rnd_view_layout(&stage->view);
    assert_true(l.params.x + l.params.w - (last.x + last.w) < 12);
    close_stage(stage);
}

static void values_and_words_are_shown(void **state)
{
    (void)state;
    struct stage *stage = stage_of(two);
    draw(stage, 0);
    assert_true(shows(stage, "LIMIT") && shows(stage, "2.0 s"));
    assert_true(shows(stage, "serial") && shows(stage, "gather"));
    assert_non_null(find(stage, RND_HIT_PARAM_WORD, RND_PARAM_WORDS_MAX + 1));
    stage->script.lesson.params[0].value = 3.5;
    draw(stage, 0);
    assert_true(shows(stage, "3.5 s"));
    close_stage(stage);
}

static void a_value_is_typed_where_it_stands(void **state)
{
    (void)state;
    struct stage *stage = stage_of(two);
    draw(stage, 0);
    struct rnd_rect place = find(stage, RND_HIT_PARAM_VALUE, 0)->rect;
    stage->view.params.chosen = 1;
    stage->view.params.typing = true;
    rnd_field_set(&stage->view.params.field, "4.5");
    draw(stage, 0);
    assert_true(shows(stage, "4.5"));
    assert_null(find(stage, RND_HIT_PARAM_VALUE, 0));
    struct rnd_hit over = rnd_hits_at(&stage->hits, place.x + place.w / 2, place.y + place.h / 2);
    assert_int_equal(over.kind, RND_HIT_FIELD);
    close_stage(stage);
}

static void words_count_twice(void **state)
{
    (void)state;
    struct stage *stage = stage_of(two);
    assert_int_equal(rnd_params_units(&stage->script.lesson), 3);
    rnd_view_fit(&stage->view, stage->model, &stage->script);
    assert_int_equal(stage->view.spec.params, 3);
    close_stage(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_parameters_are_there_and_apart_at_any_size),
        cmocka_unit_test(a_slider_leads_from_the_lowest_to_the_highest_value),
        cmocka_unit_test(values_and_words_are_shown),
        cmocka_unit_test(a_value_is_typed_where_it_stands),
        cmocka_unit_test(words_count_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
