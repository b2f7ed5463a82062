/* What the parts of the encoder share: private to render/video.
 *
 * Invariant: codes of the libraries stay in here; what leaves it is a SIM_E... and a sentence.
 */
#ifndef RND_ENCODER_PRIVATE_H
#define RND_ENCODER_PRIVATE_H

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

#include "encoder.h"

struct rnd_palette;
struct rnd_sound;

struct rnd_encoder {
    struct rnd_encoder_options options;
    AVFormatContext *muxer; /* NULL for a folder */
    AVStream *stream;
    AVCodecContext *codec;
    AVPacket *packet;
    AVFrame *frame;  /* what is sent: a reference to a picture's, with a time of its own */
    AVFrame *mapped; /* the same in the colours of the palette */
    int64_t next;    /* frame */
    int64_t last;    /* the frame at which the last picture began */
    size_t chapter;  /* the next one that begins */
    int64_t files;   /* written to the folder */
    bool last_pass, sound_fails;
    struct rnd_palette *palette; /* NULL: not needed */
    struct rnd_sound *sound;     /* NULL: none */
};

/* How long a frame is. */
AVRational rnd_encoder_frame_time(const struct rnd_encoder *encoder);

/* Says what a negative code of the libraries means; returns SIM_ENOMEM or SIM_EIO. */
int rnd_encoder_fail(const struct rnd_encoder *encoder, int code, char *error, size_t error_size);

/* --- palettes: two passes ----------------------------------------------------------------------
 */

/* The libraries' negative codes, here and below. */
int rnd_palette_open(struct rnd_palette **palette, const AVFrame *like, AVRational time_base);
void rnd_palette_close(struct rnd_palette *palette);
/* First pass: looks at a frame; then makes the palette of all. */
int rnd_palette_look(struct rnd_palette *palette, AVFrame *frame);
int rnd_palette_make(struct rnd_palette *palette);
/* Second pass: a frame goes in (NULL: there are no more), and as many as there are come out:
 * AVERROR(EAGAIN) or AVERROR_EOF when there is none. */
int rnd_palette_put(struct rnd_palette *palette, AVFrame *frame);
int rnd_palette_get(struct rnd_palette *palette, AVFrame *frame);

/* --- sound ------------------------------------------------------------------------------------ */

/* Opens the sound of the options as a new stream of the muxer, cut or filled up with silence to the
 * frames' time; it has to be there before the muxer's header. */
int rnd_sound_open(struct rnd_sound **sound, AVFormatContext *muxer,
                   const struct rnd_encoder_options *options);
void rnd_sound_close(struct rnd_sound *sound);
/* Writes what is heard before `until` (seconds). */
int rnd_sound_put(struct rnd_sound *sound, AVRational until);
int rnd_sound_end(struct rnd_sound *sound);

#endif
