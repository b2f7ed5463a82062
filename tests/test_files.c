/* The source: of which file it shows what, and how one gets to the others. */
#include "view_stage.h"

#include <fcntl.h>
#include <sys/stat.h>

static const char script[] = "import asyncio\nfrom tools.pump import fill\n\nasyncio.run(fill())\n";
static const char module[] = "import asyncio\n\nasync def fill():\n    print('filling')\n";

/* A story of a script with a module beside it, both there to be read. */
struct scene {
    struct stage *stage;
    char folder[24], below[40], module[48];
    uint32_t in_module, back; /* cursors: the module's line 4 is reached, the script's line 4 */
};

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void story_line_of(struct story *s, uint32_t task, uint32_t line, const char *file)
{
    SIM_PUT(&s->trace, LINE, 0, 0, task, line, story_text(s, file));
}

static struct scene *open_scene(void)
{
    struct scene *scene = calloc(1, sizeof *scene);
    assert_non_null(scene);
    struct stage *stage = scene->stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    struct story *s = &stage->story;
    story_open(s, 1000);
    uint32_t main = story_begin(s);
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_START);
    story_line_of(s, main, 4, "tools/pump.py");
    scene->in_module = story_cursor(s);
    story_line(s, main, 4);
    scene->back = story_cursor(s);
    story_line_of(s, main, 1, "../secret.py");
    story_end(s);
    open_stage(stage);
    rnd_script_close(&stage->script);
    (void)unlink(stage->path);

    (void)snprintf(scene->folder, sizeof scene->folder, "/tmp/files-XXXXXX");
    assert_non_null(mkdtemp(scene->folder));
    (void)snprintf(scene->below, sizeof scene->below, "%s/tools", scene->folder);
    assert_int_equal(mkdir(scene->below, 0700), 0);
    (void)snprintf(scene->module, sizeof scene->module, "%s/pump.py", scene->below);
    write_file(scene->module, module);
    (void)snprintf(stage->path, sizeof stage->path, "%s/m.py", scene->folder);
    write_file(stage->path, script);
    assert_int_equal(rnd_script_open(&stage->script, stage->path), 0);
    assert_int_equal(rnd_script_update(&stage->script, stage->model), 0);
    return scene;
}

static void close_scene(struct scene *scene)
{
    close_stage(scene->stage); /* with the script */
    (void)unlink(scene->module);
    assert_int_equal(rmdir(scene->below), 0);
    assert_int_equal(rmdir(scene->folder), 0);
    free(scene);
}

static void modules_beside_the_script_are_read_and_no_others(void **state)
{
    (void)state;
    struct scene *scene = open_scene();
    const struct rnd_script *read = &scene->stage->script;
    size_t length;
    assert_int_equal(read->file_count, 3);
    assert_string_equal(read->files[0].name, "m.py");
    assert_string_equal(read->files[1].name, "tools/pump.py");
    assert_string_equal(read->files[1].path, scene->module);
    assert_memory_equal(rnd_script_line(read, 1, 3, &length), "async def fill():", 17);
    assert_int_equal(length, 17);
    assert_string_equal(read->files[2].path, ""); /* it would be outside of the folder */
    assert_int_equal(read->files[2].length, 0);
    (void)rnd_script_line(read, 7, 1, &length);
    assert_int_equal(length, 0);
    assert_false(rnd_script_is_stale(read));
    const struct timespec long_ago[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
    assert_int_equal(utimensat(AT_FDCWD, scene->module, long_ago, 0), 0);
    assert_true(rnd_script_is_stale(read));
    close_scene(scene);
}

static void the_source_follows_into_a_module_and_back(void **state)
{
    (void)state;
    struct scene *scene = open_scene();
    struct stage *stage = scene->stage;
    draw(stage, scene->in_module);
    assert_int_equal(stage->view.file, 1);
    assert_true(shows(stage, "'filling'"));
    assert_true(shows(stage, "tools/pump.py:4 · print('filling')")); /* what runs now */
    assert_true(shows(stage, "×1"));
    draw(stage, scene->back);
    assert_int_equal(stage->view.file, 0);
    assert_false(shows(stage, "'filling'"));
    close_scene(scene);
}

static void every_file_has_a_tab_that_shows_it(void **state)
{
    (void)state;
    struct scene *scene = open_scene();
    struct stage *stage = scene->stage;
    for (size_t i = 0; i < SIZES; i++) {
        rnd_view_resize(&stage->view, sizes[i].width_px, sizes[i].height_px,
                        rnd_layout_scale(&stage->view.spec, sizes[i].width_px, sizes[i].height_px),
                        stage->model, &stage->script);
        draw(stage, scene->in_module);
        assert_texts_apart(stage);
        bool own = false, all = false;
        for (size_t n = 0; n < stage->hits.count; n++) {
            own |= stage->hits.items[n].kind == RND_HIT_FILE && stage->hits.items[n].value == 1;
            all |= stage->hits.items[n].kind == RND_HIT_FILES ||
                   (stage->hits.items[n].kind == RND_HIT_FILE && stage->hits.items[n].value == 0);
        }
        assert_true(own && all);
    }
    rnd_view_show_file(&stage->view, stage->model, &stage->script, 0);
    rnd_view_draw(&stage->view, stage->model, &stage->script, stage->fonts, stage->list,
                  &stage->hits);
    assert_false(shows(stage, "'filling'"));
    assert_true(shows(stage, "tools/pump.py")); /* its tab stays */
    close_scene(scene);
}

/* Nobody can press anything in a picture: it says which file it shows. */
static void a_picture_names_the_file(void **state)
{
    (void)state;
    struct scene *scene = open_scene();
    struct stage *stage = scene->stage;
    stage->view.spec.film = true;
    draw(stage, scene->in_module);
    assert_true(shows(stage, "tools/pump.py"));
    for (size_t n = 0; n < stage->hits.count; n++)
        assert_int_not_equal(stage->hits.items[n].kind, RND_HIT_FILE);
    close_scene(scene);
}

/* What only tells the window what it shows elsewhere is not shown as code, and takes no room. */
static void code_is_shown_without_the_lessons_comments(void **state)
{
    (void)state;
    static const char lesson[] = "# title: T\n"
                                 "x = '''\n"
                                 "# caption: of a text\n"
                                 "'''\n"
                                 "# caption: One.\n"
                                 "y = 1  # marker: two\n"
                                 "    # note: Three.\n"
                                 "\n"
                                 "# Why it is so.\n";
    static const uint32_t shown[] = {2, 3, 4, 6, 8, 9};
    struct scene *scene = open_scene();
    struct stage *stage = scene->stage;
    struct rnd_script *read = &stage->script;
    size_t length;
    rnd_script_close(read);
    write_file(stage->path, lesson);
    assert_int_equal(rnd_script_open(read, stage->path), 0);
    assert_int_equal(rnd_script_rows(read, 0), sizeof shown / sizeof *shown);
    for (uint32_t row = 0; row < rnd_script_rows(read, 0); row++) {
        assert_int_equal(rnd_script_line_of(read, 0, row), shown[row]);
        assert_int_equal(rnd_script_row_of(read, 0, shown[row]), row);
    }
    assert_int_equal(rnd_script_line_of(read, 0, 6), 0);
    assert_int_equal(rnd_script_row_of(read, 0, 5), 3); /* the next that is shown */
    assert_memory_equal(rnd_script_code(read, 0, 6, &length), "y = 1", 5);
    assert_int_equal(length, 5);

    draw(stage, scene->back); /* line 4 runs */
    uint32_t lines = 0;
    for (size_t n = 0; n < stage->hits.count; n++) {
        const struct rnd_hit *hit = &stage->hits.items[n];
        if (hit->kind == RND_HIT_SOURCE && hit->value > 0)
            assert_int_equal(hit->value, shown[lines++]);
    }
    assert_int_equal(lines, sizeof shown / sizeof *shown);
    assert_true(shows(stage, "# Why it is so."));
    assert_true(shows(stage, "# caption: of a text"));
    assert_false(shows(stage, "# caption: One."));
    close_scene(scene);
}

/* Whether a row is tinted, as that of the line where the run is. */
static bool tints(const struct stage *stage)
{
    rnd_colour tint = rnd_colour_mix(stage->view.theme->panel_bg, stage->view.theme->text_secondary,
                                     RND_ROW_TINT);
    for (size_t i = 0; i < rnd_list_count(stage->list); i++)
        if (rnd_list_at(stage->list, i)->colour == tint)
            return true;
    return false;
}

static void the_line_of_a_syntax_error_is_shown(void **state)
{
    (void)state;
    struct stage *stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    struct story *s = &stage->story;
    story_open(s, 1000);
    SIM_PUT(&s->trace, RUN_BEGIN, 0, 0, 0, story_text(s, "story.py"), 0);
    uint32_t before = story_cursor(s);
    static const char *const said[] = {"  File \"other.py\", line 9\n",
                                       "  File \"story.py\", line 5\n", "SyntaxError: no\n"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        SIM_PUT(&s->trace, OUTPUT, SIM_STREAM_STDERR, 0, 0,
                sim_trace_add_text(&s->trace, said[i], strlen(said[i])), 0);
    SIM_PUT(&s->trace, RUN_END, SIM_END_EXCEPTION, 0, 0, 1, story_text(s, "SyntaxError: no"));
    open_stage(stage);
    draw(stage, before);
    assert_int_equal(stage->view.moment.cursor, before);
    assert_false(tints(stage));
    draw(stage, stage->model->event_count);
    assert_int_equal(rnd_state_at(stage->model, stage->view.moment).line, 5);
    assert_true(tints(stage));
    close_stage(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modules_beside_the_script_are_read_and_no_others),
        cmocka_unit_test(the_source_follows_into_a_module_and_back),
        cmocka_unit_test(every_file_has_a_tab_that_shows_it),
        cmocka_unit_test(a_picture_names_the_file),
        cmocka_unit_test(code_is_shown_without_the_lessons_comments),
        cmocka_unit_test(the_line_of_a_syntax_error_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
