/* Cards go gently, and lie over the film only while they are there. */
#include "render/view/cards.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define MS INT64_C(1000000)

static void test_a_title_is_there_from_the_first_frame_on_and_gives_way(void **state)
{
    (void)state;
    struct rnd_film_card first = rnd_film_card_begin("title", "", 0, RND_FILM_CARD_NS);
    assert_true(first.cover == 1 && first.share == 1);
    struct rnd_film_card middle =
        rnd_film_card_begin("title", "", RND_FILM_CARD_NS / 2, RND_FILM_CARD_NS);
    assert_true(middle.cover == 1 && middle.share == 1);
    struct rnd_film_card last =
        rnd_film_card_begin("title", "", RND_FILM_CARD_NS, RND_FILM_CARD_NS);
    assert_true(last.cover == 0 && last.share == 0);
    double before = 1;
    for (int64_t at = RND_FILM_CARD_NS / 2; at <= RND_FILM_CARD_NS; at += 16 * MS) {
        struct rnd_film_card card = rnd_film_card_begin("title", "", at, RND_FILM_CARD_NS);
        assert_true(card.cover <= before && before - card.cover < 0.06);
        assert_true(card.share <= card.cover);
        before = card.cover;
    }
}

static void test_words_at_the_end_come_over_it_and_stay(void **state)
{
    (void)state;
    struct rnd_film_card first = rnd_film_card_end("words", "", 0);
    assert_true(first.cover == 0 && first.share == 0);
    struct rnd_film_card last = rnd_film_card_end("words", "", RND_FILM_CARD_NS);
    assert_true(last.cover == 1 && last.share == 1);
    /* They come after their ground. */
    struct rnd_film_card early = rnd_film_card_end("words", "", 300 * MS);
    assert_true(early.cover > 0 && early.share == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_title_is_there_from_the_first_frame_on_and_gives_way),
        cmocka_unit_test(test_words_at_the_end_come_over_it_and_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
