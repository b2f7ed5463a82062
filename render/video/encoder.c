#include "encoder.h"

#include <errno.h>
#include <libavutil/avstring.h>
#include <libavutil/opt.h>
#include <stdio.h>
#include <string.h>

#include "encoder_private.h"

/* --- encoding ----------------------------------------------------------------------------------
 */

/* Writes the packet as the next so many files of the folder. */
static int write_files(struct rnd_encoder *encoder, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        char *path = av_asprintf("%s/frame-%06lld.png", encoder->options.output->beside,
                                 (long long)++encoder->files);
        FILE *file = path ? fopen(path, "wb") : NULL;
        size_t size = (size_t)encoder->packet->size;
        bool whole = file && fwrite(encoder->packet->data, 1, size, file) == size;
        int reason = path ? errno : ENOMEM;
        if (file && fclose(file) != 0 && whole) {
            whole = false;
            reason = errno;
        }
        av_free(path);
        if (!whole)
            return AVERROR(reason);
    }
    return 0;
}

static int write_packet(struct rnd_encoder *encoder)
{
    AVPacket *packet = encoder->packet;
    av_packet_rescale_ts(packet, encoder->codec->time_base, encoder->stream->time_base);
    packet->stream_index = encoder->stream->index;
    int code = av_interleaved_write_frame(encoder->muxer, packet);
    return code < 0 ? code : encoder->muxer->pb->error;
}

/* Sends a frame (NULL: there are no more) and writes what comes of it; `count` frames show it. */
static int encode(struct rnd_encoder *encoder, const AVFrame *frame, int64_t count)
{
    int code = avcodec_send_frame(encoder->codec, frame);
    while (code >= 0 && (code = avcodec_receive_packet(encoder->codec, encoder->packet)) >= 0) {
        if (encoder->muxer) {
            if (encoder->options.format->video && !encoder->packet->duration)
                encoder->packet->duration = 1;
            code = write_packet(encoder);
        } else {
            code = write_files(encoder, count);
        }
        av_packet_unref(encoder->packet);
    }
    return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? 0 : code;
}

/* Encodes what the palette has mapped; `frame` NULL: there are no more. */
static int encode_mapped(struct rnd_encoder *encoder, AVFrame *frame)
{
    int code = rnd_palette_put(encoder->palette, frame);
    while (code >= 0 && (code = rnd_palette_get(encoder->palette, encoder->mapped)) >= 0) {
        code = encode(encoder, encoder->mapped, 1);
        av_frame_unref(encoder->mapped);
    }
    return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? 0 : code;
}

/* Whether a chapter begins with the next frame: it can be jumped to. */
static bool begins_chapter(struct rnd_encoder *encoder)
{
    const struct rnd_encoder_options *options = &encoder->options;
    bool begins = false;
    while (encoder->chapter < options->chapter_count &&
           options->chapters[encoder->chapter].frame <= encoder->next) {
        encoder->chapter++;
        begins = true;
    }
    return begins;
}

/* For how many frames the picture that is to be seen up to `end` is encoded at once.
 *
 * A held one comes up each second, so that players can jump into it, and again in its last frame:
 * who asks for the first picture from some time on gets the one that is seen then, and the end of
 * the file is where it should be, as files say of pictures only when they begin. */
static int64_t step(const struct rnd_encoder *encoder, int64_t end)
{
    int64_t left = end - encoder->next, second = encoder->options.fps;
    if (!encoder->options.format->video)
        return left;
    if (encoder->options.constant_rate || left == 1)
        return 1;
    return left > second ? second : left - 1;
}

/* Encodes encoder->frame as the next frames. */
static int put(struct rnd_encoder *encoder, int64_t count)
{
    AVFrame *frame = encoder->frame;
    encoder->last = encoder->next;
    for (int64_t end = encoder->next + count; encoder->next < end;) {
        frame->pts = encoder->next;
        frame->pict_type = begins_chapter(encoder) ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
        encoder->next += step(encoder, end);
        int code = encoder->palette ? encode_mapped(encoder, frame) : encode(encoder, frame, count);
        if (code >= 0 && encoder->sound)
            code = rnd_sound_put(encoder->sound,
                                 (AVRational){(int)encoder->next, encoder->options.fps});
        if (code < 0)
            return code;
    }
    return 0;
}

/* Lets the palette look at encoder->frame. */
static int look(struct rnd_encoder *encoder, int64_t count)
{
    int code = 0;
    encoder->frame->pts = encoder->next;
    if (!encoder->palette)
        code = rnd_palette_open(&encoder->palette, encoder->frame, rnd_encoder_frame_time(encoder));
    encoder->next += count;
    return code < 0 ? code : rnd_palette_look(encoder->palette, encoder->frame);
}

int rnd_encoder_put(struct rnd_encoder *encoder, const struct rnd_picture *picture, int64_t count,
                    char *error, size_t error_size)
{
    int code = av_frame_ref(encoder->frame, picture->frame);
    if (code >= 0)
        code = encoder->last_pass ? put(encoder, count) : look(encoder, count);
    av_frame_unref(encoder->frame);
    return code < 0 ? rnd_encoder_fail(encoder, code, error, error_size) : SIM_OK;
}

/* --- the end -----------------------------------------------------------------------------------
 */

/* How long the last picture is seen is not in a packet: muxers of animations want to be told. */
static int set_last_delay(struct rnd_encoder *encoder, int64_t last)
{
    void *muxer = encoder->muxer->priv_data;
    int64_t frames = encoder->options.frame_count - last;
    AVRational length = {(int)frames, encoder->options.fps};
    if (strcmp(encoder->options.format->muxer, "gif") == 0) {
        AVRational hundredths = {1, 100};
        int64_t end =
            av_rescale_q(encoder->options.frame_count, rnd_encoder_frame_time(encoder), hundredths);
        return av_opt_set_int(muxer, "final_delay",
                              end - av_rescale_q(last, rnd_encoder_frame_time(encoder), hundredths),
                              0);
    }
    return av_opt_set_q(muxer, "final_delay", length, 0);
}

static int finish(struct rnd_encoder *encoder)
{
    int code = encoder->palette ? encode_mapped(encoder, NULL) : 0;
    if (code >= 0)
        code = encode(encoder, NULL, 1);
    if (code >= 0 && encoder->sound)
        code = rnd_sound_end(encoder->sound);
    if (code < 0 || !encoder->muxer)
        return code;
    if (!encoder->options.format->video)
        code = set_last_delay(encoder, encoder->last);
    if (code >= 0)
        code = av_write_trailer(encoder->muxer);
    int closed = encoder->muxer->pb->error;
    int flushed = avio_closep(&encoder->muxer->pb);
    return code < 0 ? code : closed < 0 ? closed : flushed;
}

int rnd_encoder_end_pass(struct rnd_encoder *encoder, char *error, size_t error_size)
{
    int code = encoder->last_pass ? finish(encoder) : rnd_palette_make(encoder->palette);
    encoder->last_pass = true;
    encoder->next = 0;
    return code < 0 ? rnd_encoder_fail(encoder, code, error, error_size) : SIM_OK;
}
