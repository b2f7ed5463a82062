/* Colours: straight (not premultiplied) 8-bit channels in one word, 0xAARRGGBB.
 *
 * A colour with alpha 0 draws nothing, so RND_NONE says "no fill" and "no border".
 */
#ifndef RND_COLOUR_H
#define RND_COLOUR_H

#include <stdint.h>

typedef uint32_t rnd_colour;

#define RND_NONE ((rnd_colour)0)

static inline unsigned rnd_colour_alpha(rnd_colour colour)
{
    return colour >> 24;
}

/* The same colour, its alpha multiplied by alpha / 255. */
static inline rnd_colour rnd_colour_fade(rnd_colour colour, unsigned alpha)
{
    unsigned a = (rnd_colour_alpha(colour) * alpha + 127) / 255;
    return (colour & 0x00ffffffu) | (a << 24);
}

/* From one colour to another: share is 0 (all of from) to 255 (all of to), per channel. */
rnd_colour rnd_colour_mix(rnd_colour from, rnd_colour to, unsigned share);

/* WCAG contrast of two opaque colours, 1 to 21. */
double rnd_colour_contrast(rnd_colour a, rnd_colour b);

#endif
