/* Fuzzy matching: what matches, which letters, and what comes first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "render/model/match.h"

static int score(const char *pattern, const char *text)
{
    struct rnd_match match;
    assert_true(rnd_match(pattern, text, &match));
    return match.score;
}

/* Writes the text with the matched bytes in brackets. */
static const char *marked(const char *pattern, const char *text, char *out)
{
    struct rnd_match match;
    size_t used = 0;
    assert_true(rnd_match(pattern, text, &match));
    for (size_t i = 0; text[i]; i++) {
        bool mark = rnd_match_marks(match.marked, i);
        if (mark)
            out[used++] = '[';
        out[used++] = text[i];
        if (mark)
            out[used++] = ']';
    }
    out[used] = '\0';
    return out;
}

static void letters_match_in_order_only(void **state)
{
    (void)state;
    struct rnd_match match;
    assert_true(rnd_match("sf", "Step forward", &match));
    assert_true(rnd_match("STEP", "step back", &match));
    assert_true(rnd_match("step  fwd", "Step forward", &match));
    assert_false(rnd_match("fs", "Step forward", &match));
    assert_false(rnd_match("stepp", "Step", &match));
    assert_false(rnd_match("x", "", &match));
    assert_true(rnd_match("", "", &match));
}

static void begins_of_words_are_preferred(void **state)
{
    (void)state;
    char text[128];
    assert_string_equal(marked("sf", "Step of forward", text), "[S]tep of [f]orward");
    assert_string_equal(marked("back", "a b step back", text), "a b step [b][a][c][k]");
    assert_string_equal(marked("gt", "02-gather-tasks.py", text), "02-[g]ather-[t]asks.py");
    assert_string_equal(marked("fq", "putFirstQueue", text), "put[F]irst[Q]ueue");
}

static void better_matches_score_higher(void **state)
{
    (void)state;
    assert_true(score("run", "Run again") > score("run", "Record until now"));
    assert_true(score("theme", "Next theme") > score("theme", "The next meter"));
    assert_true(score("step", "Step back") > score("step", "Last step back"));
    assert_true(score("gather", "gather.py") > score("gather", "a-very-long-folder/gather.py"));
    assert_int_equal(score("", "a"), score("", "some longer text"));
}

static void any_bytes_are_matched_or_not(void **state)
{
    (void)state;
    char text[1000], pattern[400];
    struct rnd_match match;
    memset(text, 'a', sizeof text - 1);
    memset(pattern, 'a', sizeof pattern - 1);
    text[sizeof text - 1] = pattern[sizeof pattern - 1] = '\0';
    assert_true(rnd_match(pattern, text, &match));
    text[300] = 'z';
    assert_false(rnd_match("z", text, &match)); /* beyond what is looked at */
    assert_true(rnd_match("\xc3\xa4", "M\xc3\xa4rz", &match));
}

static void a_text_is_found_whatever_its_capitals(void **state)
{
    (void)state;
    const char *text = "await asyncio.Sleep(1)";
    assert_ptr_equal(rnd_match_find(text, strlen(text), "sleep("), text + 14);
    assert_ptr_equal(rnd_match_find(text, strlen(text), "AWAIT"), text);
    assert_null(rnd_match_find(text, 18, "sleep"));
    assert_null(rnd_match_find(text, strlen(text), "awaits"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_match_in_order_only),
        cmocka_unit_test(begins_of_words_are_preferred),
        cmocka_unit_test(better_matches_score_higher),
        cmocka_unit_test(any_bytes_are_matched_or_not),
        cmocka_unit_test(a_text_is_found_whatever_its_capitals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
