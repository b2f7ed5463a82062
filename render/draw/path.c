#include "path.h"

#include <math.h>

static const double two_pi = 6.283185307179586476925;

double rnd_path_round(double value)
{
    return floor(value + 0.5);
}

/* Taylor series, for |a| <= pi / 4: the error is below 1e-12. */
static double sine(double a)
{
    double s = a * a;
    return a * (1 - s / 6 * (1 - s / 20 * (1 - s / 42 * (1 - s / 72 * (1 - s / 110)))));
}

static double cosine(double a)
{
    double s = a * a;
    return 1 - s / 2 * (1 - s / 12 * (1 - s / 30 * (1 - s / 56 * (1 - s / 90 * (1 - s / 132)))));
}

struct rnd_point rnd_path_on_circle(double x, double y, double radius, double turn)
{
    double quarters = (turn - floor(turn)) * 4;
    double nearest = floor(quarters + 0.5);
    double a = (quarters - nearest) * (two_pi / 4);
    double s = sine(a) * radius, c = cosine(a) * radius;
    switch ((int)nearest % 4) {
    case 0:
        return (struct rnd_point){x + s, y - c};
    case 1:
        return (struct rnd_point){x + c, y + s};
    case 2:
        return (struct rnd_point){x - s, y + c};
    default:
        return (struct rnd_point){x - c, y - s};
    }
}
