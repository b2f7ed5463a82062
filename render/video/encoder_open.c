/* The encoder, opened: codec, muxer, chapters, tags. */
#include <libavutil/avstring.h>
#include <stdio.h>

#include "encoder_private.h"

int rnd_encoder_fail(const struct rnd_encoder *encoder, int code, char *error, size_t error_size)
{
    const struct rnd_encoder_options *options = &encoder->options;
    if (code == AVERROR(ENOMEM)) {
        (void)snprintf(error, error_size, "%s", sim_error_text(SIM_ENOMEM));
        return SIM_ENOMEM;
    }
    if (encoder->sound_fails) {
        char reason[128] = "";
        (void)av_strerror(code, reason, sizeof reason);
        (void)snprintf(error, error_size, "cannot take the sound of %s: %s", options->sound,
                       reason);
        return SIM_EIO;
    }
    /* Negative errnos are of the file, the others of the library. */
    if (code > -4096)
        return rnd_output_failed(options->output, AVUNERROR(code), error, error_size);
    char reason[128] = "";
    (void)av_strerror(code, reason, sizeof reason);
    (void)snprintf(error, error_size, "cannot encode %s: %s", options->format->title, reason);
    return SIM_EIO;
}

int rnd_encoder_check(const struct rnd_format *format, int width_px, int height_px, int fps,
                      char *error, size_t error_size)
{
    int most = format->side_most_px;
    if (width_px < 1 || height_px < 1 || width_px > most || height_px > most ||
        (int64_t)width_px * height_px > format->area_most_px)
        (void)snprintf(error, error_size,
                       "%s cannot be %d x %d: at most %d pixels a side and %d in all",
                       format->title, width_px, height_px, most, format->area_most_px);
    else if (format->pixels == RND_PIXELS_PLANES && (width_px % 2 || height_px % 2))
        (void)snprintf(error, error_size, "%s cannot be %d x %d: both must be even", format->title,
                       width_px, height_px);
    else if (fps < 1 || fps > format->fps_most)
        (void)snprintf(error, error_size, "%s has 1 to %d frames a second, not %d", format->title,
                       format->fps_most, fps);
    else
        return SIM_OK;
    return SIM_EINVAL;
}

/* --- opening -----------------------------------------------------------------------------------
 */

AVRational rnd_encoder_frame_time(const struct rnd_encoder *encoder)
{
    return (AVRational){1, encoder->options.fps};
}

/* The encoder itself, in the pixels that it wants. */
static int open_codec(struct rnd_encoder *encoder, const AVCodec *found)
{
    const struct rnd_encoder_options *options = &encoder->options;
    const struct rnd_format *format = options->format;
    AVCodecContext *codec = encoder->codec = avcodec_alloc_context3(found);
    AVDictionary *choices = NULL;
    if (!codec)
        return AVERROR(ENOMEM);
    codec->width = options->width_px;
    codec->height = options->height_px;
    codec->sample_aspect_ratio = (AVRational){1, 1};
    codec->time_base = rnd_encoder_frame_time(encoder);
    codec->framerate = av_inv_q(codec->time_base);
    codec->pix_fmt = format->pixels == RND_PIXELS_WORDS
                         ? AV_PIX_FMT_PAL8
                         : (enum AVPixelFormat)rnd_picture_pixel_format(format->pixels);
    codec->flags |= AV_CODEC_FLAG_BITEXACT;
    if (format->pixels == RND_PIXELS_PLANES) {
        codec->color_range = AVCOL_RANGE_MPEG;
        codec->colorspace = AVCOL_SPC_BT709;
        codec->color_primaries = AVCOL_PRI_BT709;
        codec->color_trc = AVCOL_TRC_BT709;
        codec->chroma_sample_location = AVCHROMA_LOC_CENTER;
        codec->gop_size = options->fps * 5; /* whoever seeks waits for so much at most */
    }
    if (encoder->muxer && encoder->muxer->oformat->flags & AVFMT_GLOBALHEADER)
        codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    int code = av_dict_parse_string(&choices, format->codec_options, "=", ":", 0);
    if (code >= 0)
        code = avcodec_open2(codec, found, &choices);
    av_dict_free(&choices);
    return code;
}

static int set_tag(AVDictionary **tags, const char *name, const char *text)
{
    return text && *text ? av_dict_set(tags, name, text, 0) : 0;
}

static int add_chapters(struct rnd_encoder *encoder)
{
    const struct rnd_encoder_options *options = &encoder->options;
    AVFormatContext *muxer = encoder->muxer;
    if (!options->format->chapters || !options->chapter_count)
        return 0;
    muxer->chapters = av_calloc(options->chapter_count, sizeof(AVChapter *));
    for (size_t i = 0; muxer->chapters && i < options->chapter_count; i++) {
        AVChapter *chapter = av_mallocz(sizeof *chapter);
        if (!chapter)
            break;
        muxer->chapters[muxer->nb_chapters++] = chapter;
        chapter->id = (int64_t)i + 1;
        chapter->time_base = rnd_encoder_frame_time(encoder);
        chapter->start = options->chapters[i].frame;
        chapter->end =
            i + 1 < options->chapter_count ? options->chapters[i + 1].frame : options->frame_count;
        if (set_tag(&chapter->metadata, "title", options->chapters[i].title) < 0)
            break;
    }
    return muxer->nb_chapters == options->chapter_count ? 0 : AVERROR(ENOMEM);
}

static int add_stream(struct rnd_encoder *encoder)
{
    AVFormatContext *muxer = encoder->muxer;
    encoder->stream = avformat_new_stream(muxer, NULL);
    if (!encoder->stream)
        return AVERROR(ENOMEM);
    encoder->stream->time_base = encoder->codec->time_base;
    encoder->stream->avg_frame_rate = encoder->stream->r_frame_rate = encoder->codec->framerate;
    int code = avcodec_parameters_from_context(encoder->stream->codecpar, encoder->codec);
    if (code >= 0)
        code = set_tag(&encoder->stream->metadata, "language", encoder->options.language);
    if (code >= 0)
        code = set_tag(&muxer->metadata, "title", encoder->options.title);
    if (code >= 0)
        code = set_tag(&muxer->metadata, "comment", encoder->options.about);
    return code < 0 ? code : add_chapters(encoder);
}

static int write_header(struct rnd_encoder *encoder)
{
    AVDictionary *choices = NULL;
    int code = avio_open(&encoder->muxer->pb, encoder->muxer->url, AVIO_FLAG_WRITE);
    if (code >= 0)
        code = av_dict_parse_string(&choices, encoder->options.format->muxer_options, "=", ":", 0);
    if (code >= 0)
        code = avformat_write_header(encoder->muxer, &choices);
    av_dict_free(&choices);
    return code;
}

/* The muxer, whose file is the output's. */
static int open_muxer(struct rnd_encoder *encoder)
{
    const struct rnd_encoder_options *options = &encoder->options;
    /* Without the protocol's name a colon in the path would end one. */
    char *url = av_asprintf("file:%s", options->output->beside);
    int code = AVERROR(ENOMEM);
    if (url)
        code = avformat_alloc_output_context2(&encoder->muxer, NULL, options->format->muxer, url);
    av_free(url);
    if (code >= 0)
        encoder->muxer->flags |= AVFMT_FLAG_BITEXACT;
    return code;
}

static int open_parts(struct rnd_encoder *encoder, const AVCodec *found)
{
    const struct rnd_encoder_options *options = &encoder->options;
    int code = options->format->muxer ? open_muxer(encoder) : 0;
    if (code >= 0)
        code = open_codec(encoder, found);
    if (code >= 0 && encoder->muxer)
        code = add_stream(encoder);
    if (code >= 0 && options->sound) {
        code = rnd_sound_open(&encoder->sound, encoder->muxer, options);
        encoder->sound_fails = code < 0;
    }
    if (code >= 0 && encoder->muxer)
        code = write_header(encoder);
    encoder->packet = av_packet_alloc();
    encoder->frame = av_frame_alloc();
    encoder->mapped = av_frame_alloc();
    if (!encoder->packet || !encoder->frame || !encoder->mapped)
        code = AVERROR(ENOMEM);
    return code;
}

int rnd_encoder_open(struct rnd_encoder **out, const struct rnd_encoder_options *options,
                     char *error, size_t error_size)
{
    const struct rnd_format *format = options->format;
    *out = NULL;
    int result = rnd_encoder_check(format, options->width_px, options->height_px, options->fps,
                                   error, error_size);
    if (result < 0)
        return result;
    av_log_set_level(AV_LOG_QUIET); /* what is wrong is said once, and by us */
    const AVCodec *found = avcodec_find_encoder_by_name(format->codec);
    if (!found) {
        (void)snprintf(error, error_size,
                       "%s needs the encoder %s, which this machine's libavcodec does not have",
                       format->title, format->codec);
        return SIM_EIO;
    }
    struct rnd_encoder *encoder = av_mallocz(sizeof *encoder);
    if (!encoder) {
        (void)snprintf(error, error_size, "%s", sim_error_text(SIM_ENOMEM));
        return SIM_ENOMEM;
    }
    encoder->options = *options;
    encoder->last_pass = format->pixels != RND_PIXELS_WORDS;
    int code = open_parts(encoder, found);
    if (code >= 0) {
        *out = encoder;
        return SIM_OK;
    }
    result = rnd_encoder_fail(encoder, code, error, error_size);
    rnd_encoder_close(encoder);
    return result;
}

int rnd_encoder_passes(const struct rnd_encoder *encoder)
{
    return encoder->options.format->pixels == RND_PIXELS_WORDS ? 2 : 1;
}

void rnd_encoder_close(struct rnd_encoder *encoder)
{
    if (!encoder)
        return;
    rnd_palette_close(encoder->palette);
    rnd_sound_close(encoder->sound);
    avcodec_free_context(&encoder->codec);
    if (encoder->muxer)
        avio_closep(&encoder->muxer->pb);
    avformat_free_context(encoder->muxer);
    av_packet_free(&encoder->packet);
    av_frame_free(&encoder->frame);
    av_frame_free(&encoder->mapped);
    av_free(encoder);
}
