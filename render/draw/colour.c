#include "colour.h"

#include <math.h>

rnd_colour rnd_colour_mix(rnd_colour from, rnd_colour to, unsigned share)
{
    rnd_colour mixed = 0;
    for (unsigned shift = 0; shift < 32; shift += 8) {
        unsigned a = from >> shift & 0xff, b = to >> shift & 0xff;
        mixed |= (rnd_colour)((a * (255 - share) + b * share + 127) / 255) << shift;
    }
    return mixed;
}

/* sRGB channel to light, as WCAG 2 has it. */
static double linear(unsigned channel)
{
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(rnd_colour colour)
{
    return 0.2126 * linear(colour >> 16 & 0xff) + 0.7152 * linear(colour >> 8 & 0xff) +
           0.0722 * linear(colour & 0xff);
}

double rnd_colour_contrast(rnd_colour a, rnd_colour b)
{
    double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}
