/* Predicting: the question which task runs next, its choices, the answer, and the score. */
#ifndef RND_PREDICT_H
#define RND_PREDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "render/model/quiz.h"

struct rnd_predict_view {
    struct rnd_quiz quiz;
    bool revealed;         /* an answer was given: */
    uint32_t chosen;       /* index of it */
    bool over;             /* there are no more questions */
    uint32_t asked, right; /* answers so far */
};

/* Values of a RND_HIT_CHOICE beside the choices' indices. */
enum { RND_CHOICE_NEXT = 100, RND_CHOICE_LEAVE = 101 };

#endif
