/* Cards: what is said before a film begins and after it ends, on a ground of its own.
 *
 * A card comes and goes gently; what it shows is a function of the time since it began.
 */
#ifndef RND_CARDS_H
#define RND_CARDS_H

#include <stdint.h>

/* How long a title is seen, and the words at the end. */
#define RND_FILM_CARD_NS INT64_C(2500000000)

/* All is seen of a card with both shares 1. */
struct rnd_film_card {
    const char *title, *text; /* NULL: there is no card; "" if there is no more to say */
    double cover;             /* of what lies below, 0..1 */
    double share;             /* of what is written, 0..1 */
};

/* The card at a time since it began.  A title lies over all from the first frame on, which is
 * what players show of a film before it is played, and gives way; words at the end come over it,
 * and stay. */
struct rnd_film_card rnd_film_card_begin(const char *title, const char *text, int64_t at_ns,
                                         int64_t lasts_ns);
struct rnd_film_card rnd_film_card_end(const char *title, const char *text, int64_t at_ns);

#endif
