/* Times as text. */
#include <inttypes.h>

#include "label.h"
#include "text.h"

#define US INT64_C(1000)
#define MS (1000 * US)
#define S (1000 * MS)
#define MINUTE (60 * S)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* A time, 0 or more, in a unit, rounded to some decimals (at most 9), as exact arithmetic. */
static void put_decimals(struct rnd_text *text, int64_t ns, int64_t unit_ns, int decimals)
{
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    int64_t whole = ns / unit_ns;
    int64_t rest = ((ns % unit_ns) * scale + unit_ns / 2) / unit_ns;
    if (rest == scale) {
        whole++;
        rest = 0;
    }
    rnd_text_put(text, "%" PRId64, whole);
    if (decimals > 0)
        rnd_text_put(text, ".%0*" PRId64, decimals, rest);
}

/* How many decimals, `least` to `most`, it takes to write a time in a unit. */
static int decimals_of(int64_t ns, int64_t unit_ns, int least, int most)
{
    int64_t step = unit_ns;
    int decimals = 0;
    while (decimals < most && (ns % step != 0 || decimals < least)) {
        step /= 10;
        decimals++;
        if (step == 1)
            break;
    }
    return decimals;
}

static void put_exact(struct rnd_text *text, int64_t ns, int64_t unit_ns, const char *unit,
                      int least, int most)
{
    put_decimals(text, ns, unit_ns, decimals_of(ns, unit_ns, least, most));
    rnd_text_put(text, " %s", unit);
}

/* Two units, the second only if there is any of it. */
static void put_pair(struct rnd_text *text, int64_t ns, int64_t big_ns, const char *big,
                     int64_t small_ns, const char *small)
{
    rnd_text_put(text, "%" PRId64 " %s", ns / big_ns, big);
    if (ns % big_ns / small_ns > 0)
        rnd_text_put(text, " %" PRId64 " %s", ns % big_ns / small_ns, small);
}

size_t rnd_label_duration(int64_t ns, char *out, size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    ns = ns < 0 ? 0 : ns;
    if (ns >= DAY) {
        put_pair(&text, ns, DAY, "d", HOUR, "h");
    } else if (ns >= HOUR) {
        put_pair(&text, ns, HOUR, "h", MINUTE, "min");
    } else if (ns >= MINUTE) {
        rnd_text_put(&text, "%" PRId64 " min", ns / MINUTE);
        if (ns % MINUTE > 0) {
            rnd_text_put(&text, " ");
            put_exact(&text, ns % MINUTE, S, "s", 0, 3);
        }
    } else if (ns >= 10 * MS || ns == 0) {
        put_exact(&text, ns, S, "s", 1, 3);
    } else if (ns >= MS) {
        put_exact(&text, ns, MS, "ms", 0, 3);
    } else if (ns >= US) {
        put_exact(&text, ns, US, "µs", 0, 3);
    } else {
        rnd_text_put(&text, "%" PRId64 " ns", ns);
    }
    return text.used;
}

size_t rnd_label_left(int64_t ns, char *out, size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    ns = ns < 0 ? 0 : ns;
    if (ns >= MINUTE || (ns > 0 && ns < 10 * MS)) {
        char duration[RND_LABEL_MAX];
        rnd_label_duration(ns >= MINUTE ? ns / S * S : ns, duration, sizeof duration);
        rnd_text_put(&text, "%s", duration);
    } else {
        put_decimals(&text, ns, S, ns % (S / 10) != 0 && (ns % (S / 100) == 0 || ns < S) ? 2 : 1);
        rnd_text_put(&text, " s");
    }
    rnd_text_put(&text, " left");
    return text.used;
}

/* The unit of a clock's face, 1 where it is hours, minutes and seconds. */
static int64_t face_of(int64_t run_ns)
{
    if (run_ns >= HOUR)
        return HOUR;
    if (run_ns >= 10 * MS || run_ns <= 0)
        return S;
    return run_ns >= 10 * US ? US : 1;
}

size_t rnd_label_clock(int64_t ns, int64_t run_ns, char *out, size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    int64_t face = face_of(run_ns);
    ns = ns < 0 ? 0 : ns;
    if (face == HOUR)
        rnd_text_put(&text, "%" PRId64 ":%02" PRId64 ":%02" PRId64, ns / HOUR, ns % HOUR / MINUTE,
                     ns % MINUTE / S);
    else if (face == 1)
        rnd_text_put(&text, "%" PRId64, ns);
    else
        rnd_text_put(&text, "%" PRId64, ns / face);
    if (face != 1 && run_ns < DAY)
        rnd_text_put(&text, ".%03" PRId64, face == US ? ns % US : ns % S / MS);
    return text.used;
}

const char *rnd_label_clock_unit(int64_t run_ns)
{
    int64_t face = face_of(run_ns);
    return face == HOUR ? "" : face == S ? " s" : face == US ? " µs" : " ns";
}

/* Times from a minute on, between marks of less than one: "3:05.5", "1:03:05". */
static void put_colons(struct rnd_text *text, int64_t ns, int64_t step_ns)
{
    int64_t seconds = ns % MINUTE;
    if (ns >= HOUR)
        rnd_text_put(text, "%" PRId64 ":%02" PRId64 ":", ns / HOUR, ns % HOUR / MINUTE);
    else
        rnd_text_put(text, "%" PRId64 ":", ns / MINUTE);
    if (seconds < 10 * S)
        rnd_text_put(text, "0");
    put_decimals(text, seconds, S, decimals_of(step_ns, S, 0, 9));
}

static void put_units(struct rnd_text *text, int64_t ns)
{
    if (ns >= DAY)
        put_pair(text, ns, DAY, "d", HOUR, "h");
    else if (ns >= HOUR)
        put_pair(text, ns, HOUR, "h", MINUTE, "min");
    else
        rnd_text_put(text, "%" PRId64 " min", ns / MINUTE);
}

size_t rnd_label_tick(int64_t ns, int64_t step_ns, char *out, size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    ns = ns < 0 ? 0 : ns;
    if (step_ns >= MINUTE) {
        put_units(&text, ns);
    } else if (ns >= 2 * MINUTE) {
        put_colons(&text, ns, step_ns);
    } else if (ns >= S || step_ns >= 10 * MS) {
        put_decimals(&text, ns, S, decimals_of(step_ns, S, step_ns < 10 * S, 9));
        rnd_text_put(&text, " s");
    } else if (ns >= MS || step_ns >= 10 * US) {
        put_decimals(&text, ns, MS, decimals_of(step_ns, MS, 0, 6));
        rnd_text_put(&text, " ms");
    } else if (ns >= US || step_ns >= 10) {
        put_decimals(&text, ns, US, decimals_of(step_ns, US, 0, 3));
        rnd_text_put(&text, " µs");
    } else {
        rnd_text_put(&text, "%" PRId64 " ns", ns);
    }
    return text.used;
}
