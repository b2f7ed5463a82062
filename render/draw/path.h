/* Geometry that drawing needs, computed with basic arithmetic only, so that it rounds the same on
 * each machine: the C library's sine does not.
 */
#ifndef RND_PATH_H
#define RND_PATH_H

#include "list.h"

/* Nearest whole pixel, halves up. */
double rnd_path_round(double value);

/* The point of a circle that many full turns clockwise from 12 o'clock. */
struct rnd_point rnd_path_on_circle(double x, double y, double radius, double turn);

#endif
