/* A parameter of a lesson: a number, or one of some words, which people change to see what becomes
 * of the run.
 *
 * Invariant: a value is within [low, high] and on a step counted from low; of words it is the
 * index.
 */
#ifndef RND_PARAM_H
#define RND_PARAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RND_PARAM_TEXT_MAX 48

struct rnd_param {
    uint32_t line;
    char *name;
    double value;           /* what it is now */
    double own;             /* what the script says */
    double low, high, step; /* step 0: any number */
    bool whole;             /* the script writes it without a decimal point */
    char *words;            /* "serial|gather"; NULL: it is a number */
    char *unit;             /* "" if none */
    char *about;
};

/* The nearest value that it can have; the one so many steps on (a hundredth of the range where it
 * has none); those at a share, 0..1, of its range, and back. */
double rnd_param_near(const struct rnd_param *param, double value);
double rnd_param_step(const struct rnd_param *param, double value, int steps);
double rnd_param_at(const struct rnd_param *param, double share);
double rnd_param_share(const struct rnd_param *param, double value);

/* A value as the script would write it, without quotes, and with its unit, as people read it; at
 * most `size` bytes (> 0), NUL included.  Return the length. */
size_t rnd_param_text(const struct rnd_param *param, double value, char *out, size_t size);
size_t rnd_param_label(const struct rnd_param *param, double value, char *out, size_t size);

/* Reads what somebody typed: one of the words, or a number, which is taken to the nearest value.
 * False for what is neither. */
bool rnd_param_read(const struct rnd_param *param, const char *text, double *value);

/* Whether two values of it are the same one. */
bool rnd_param_same(double a, double b);

#endif
