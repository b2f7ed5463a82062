/* The parameters' sliders: what is chosen and typed there, and where they are. */
#ifndef RND_PARAMS_VIEW_H
#define RND_PARAMS_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "field.h"
#include "render/draw/list.h"
#include "render/model/lesson.h"

/* More than these are not shown. */
#define RND_PARAMS_SHOWN_MAX 8

struct rnd_params_view {
    uint32_t chosen;        /* which one keys change: 1, 2, ...; 0: none */
    bool typing;            /* its value is typed into `field` */
    bool refused;           /* what was typed is no value of it */
    struct rnd_field field; /* where it is typed */
};

/* The share of its range, 0..1, that is at x on a slider whose hit is that rectangle. */
double rnd_params_share(struct rnd_rect hit, double x_px);

/* How much room the parameters of a lesson need: a number counts one, words two. */
uint32_t rnd_params_units(const struct rnd_lesson *lesson);

#endif
