/* A line of text that somebody edits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "render/view/field.h"

static void typing_replaces_what_is_selected(void **state)
{
    (void)state;
    struct rnd_field field;
    rnd_field_set(&field, "start");
    rnd_field_insert(&field, "the ");
    rnd_field_insert(&field, "end");
    assert_string_equal(field.text, "the end");
    rnd_field_move(&field, RND_FIELD_WORD_LEFT, true);
    char selected[RND_FIELD_MAX];
    rnd_field_selected(&field, selected);
    assert_string_equal(selected, "end");
    rnd_field_insert(&field, "start");
    assert_string_equal(field.text, "the start");
    rnd_field_select_all(&field);
    rnd_field_move(&field, RND_FIELD_LEFT, false);
    assert_int_equal(field.cursor, 0);
    rnd_field_erase(&field, RND_FIELD_WORD_RIGHT);
    assert_string_equal(field.text, " start");
    rnd_field_erase(&field, RND_FIELD_LEFT);
    assert_string_equal(field.text, " start");
}

static void characters_stay_whole(void **state)
{
    (void)state;
    struct rnd_field field;
    rnd_field_set(&field, "");
    rnd_field_insert(&field, "größe €\xf0\x9f\x98\x80");
    rnd_field_erase(&field, RND_FIELD_LEFT);
    rnd_field_erase(&field, RND_FIELD_LEFT);
    assert_string_equal(field.text, "größe ");
    rnd_field_move_to(&field, 3, false);
    assert_int_equal(field.cursor, 2);
    rnd_field_move(&field, RND_FIELD_RIGHT, false);
    assert_int_equal(field.cursor, 4);
    rnd_field_move_to(&field, 1000, true);
    assert_int_equal(field.cursor, strlen(field.text));
    assert_int_equal(field.anchor, 4);
}

static void only_text_comes_in_and_no_more_than_there_is_room_for(void **state)
{
    (void)state;
    struct rnd_field field;
    rnd_field_set(&field, "");
    rnd_field_insert(&field, "a\nb\tc\x01"
                             "d\xff"
                             "e\xc3");
    assert_string_equal(field.text, "a b cde");
    for (int i = 0; i < RND_FIELD_MAX; i++)
        rnd_field_insert(&field, "€");
    assert_true(strlen(field.text) < RND_FIELD_MAX && strlen(field.text) > RND_FIELD_MAX - 4);
    assert_int_equal((strlen(field.text) - 7) % 3, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_replaces_what_is_selected),
        cmocka_unit_test(characters_stay_whole),
        cmocka_unit_test(only_text_comes_in_and_no_more_than_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
