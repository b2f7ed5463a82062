#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavutil/avstring.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>

#include "encoder_private.h"

enum { RATE = 48000 };

/* A graph reads the file, makes it samples of ours and cuts it; the encoder pulls at its end. */
struct rnd_sound {
    AVFilterGraph *graph;
    AVFilterContext *last;
    AVCodecContext *codec;
    AVFormatContext *muxer;
    AVStream *stream;
    AVFrame *frame;
    AVPacket *packet;
    int64_t next; /* sample */
};

/* Puts a filter behind the last one. */
static int chain(struct rnd_sound *sound, const char *name, const char *options)
{
    const AVFilter *filter = avfilter_get_by_name(name);
    AVFilterContext *added;
    if (!filter)
        return AVERROR_FILTER_NOT_FOUND;
    int code = avfilter_graph_create_filter(&added, filter, name, options, NULL, sound->graph);
    if (code >= 0)
        code = avfilter_link(sound->last, 0, added, 0);
    sound->last = added;
    return code;
}

static int open_file(struct rnd_sound *sound, const char *path)
{
    sound->graph = avfilter_graph_alloc();
    const AVFilter *movie = avfilter_get_by_name("amovie");
    if (!sound->graph || !movie)
        return sound->graph ? AVERROR_FILTER_NOT_FOUND : AVERROR(ENOMEM);
    sound->graph->nb_threads = 1;
    sound->last = avfilter_graph_alloc_filter(sound->graph, movie, "file");
    char *url = av_asprintf("file:%s", path);
    int code = sound->last && url ? 0 : AVERROR(ENOMEM);
    if (code >= 0)
        code = av_opt_set(sound->last, "filename", url, AV_OPT_SEARCH_CHILDREN);
    av_free(url);
    return code < 0 ? code : avfilter_init_str(sound->last, NULL);
}

static long long sample_of(int64_t frame, int fps)
{
    return (long long)av_rescale(frame, RATE, fps);
}

static int open_graph(struct rnd_sound *sound, const struct rnd_encoder_options *options)
{
    char format[128], trim[96], pieces[64];
    int64_t first = options->sound_first;
    (void)snprintf(format, sizeof format, "sample_fmts=%s:sample_rates=%d:channel_layouts=stereo",
                   av_get_sample_fmt_name(sound->codec->sample_fmt), RATE);
    (void)snprintf(trim, sizeof trim, "start_sample=%lld:end_sample=%lld",
                   sample_of(first, options->fps),
                   sample_of(first + options->frame_count, options->fps));
    (void)snprintf(pieces, sizeof pieces, "nb_out_samples=%d:pad=0", sound->codec->frame_size);
    int code = open_file(sound, options->sound);
    if (code >= 0)
        code = chain(sound, "aformat", format);
    if (code >= 0)
        code = chain(sound, "apad", NULL);
    if (code >= 0)
        code = chain(sound, "atrim", trim);
    if (code >= 0)
        code = chain(sound, "asetnsamples", pieces);
    if (code >= 0)
        code = chain(sound, "abuffersink", NULL);
    return code < 0 ? code : avfilter_graph_config(sound->graph, NULL);
}

static int open_codec(struct rnd_sound *sound, const char *name)
{
    const AVCodec *found = avcodec_find_encoder_by_name(name);
    if (!found)
        return AVERROR_ENCODER_NOT_FOUND;
    AVCodecContext *codec = sound->codec = avcodec_alloc_context3(found);
    if (!codec)
        return AVERROR(ENOMEM);
    codec->sample_rate = RATE;
    codec->sample_fmt = found->sample_fmts[0];
    codec->bit_rate = 128000;
    codec->time_base = (AVRational){1, RATE};
    codec->flags |= AV_CODEC_FLAG_BITEXACT;
    if (sound->muxer->oformat->flags & AVFMT_GLOBALHEADER)
        codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    av_channel_layout_default(&codec->ch_layout, 2);
    return avcodec_open2(codec, found, NULL);
}

int rnd_sound_open(struct rnd_sound **out, AVFormatContext *muxer,
                   const struct rnd_encoder_options *options)
{
    struct rnd_sound *sound = *out = av_mallocz(sizeof *sound);
    if (!sound)
        return AVERROR(ENOMEM);
    sound->muxer = muxer;
    sound->frame = av_frame_alloc();
    sound->packet = av_packet_alloc();
    int code =
        sound->frame && sound->packet ? open_codec(sound, options->format->sound) : AVERROR(ENOMEM);
    if (code >= 0)
        code = open_graph(sound, options);
    if (code >= 0 && !(sound->stream = avformat_new_stream(muxer, NULL)))
        code = AVERROR(ENOMEM);
    if (code < 0)
        return code;
    sound->stream->time_base = sound->codec->time_base;
    return avcodec_parameters_from_context(sound->stream->codecpar, sound->codec);
}

void rnd_sound_close(struct rnd_sound *sound)
{
    if (!sound)
        return;
    avfilter_graph_free(&sound->graph);
    avcodec_free_context(&sound->codec);
    av_frame_free(&sound->frame);
    av_packet_free(&sound->packet);
    av_free(sound);
}

static int encode(struct rnd_sound *sound, const AVFrame *frame)
{
    int code = avcodec_send_frame(sound->codec, frame);
    while (code >= 0 && (code = avcodec_receive_packet(sound->codec, sound->packet)) >= 0) {
        av_packet_rescale_ts(sound->packet, sound->codec->time_base, sound->stream->time_base);
        sound->packet->stream_index = sound->stream->index;
        code = av_interleaved_write_frame(sound->muxer, sound->packet);
    }
    return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? 0 : code;
}

/* Encodes the next piece; 1 if there was none. */
static int put_piece(struct rnd_sound *sound)
{
    int code = av_buffersink_get_frame(sound->last, sound->frame);
    if (code == AVERROR_EOF)
        return 1;
    if (code < 0)
        return code;
    sound->frame->pts = sound->next;
    sound->next += sound->frame->nb_samples;
    code = encode(sound, sound->frame);
    av_frame_unref(sound->frame);
    return code;
}

int rnd_sound_put(struct rnd_sound *sound, AVRational until)
{
    int code = 0;
    int64_t samples = av_rescale(until.num, RATE, until.den);
    while (code == 0 && sound->next < samples)
        code = put_piece(sound);
    return code < 0 ? code : 0;
}

int rnd_sound_end(struct rnd_sound *sound)
{
    int code = 0;
    while (code == 0)
        code = put_piece(sound);
    return code < 0 ? code : encode(sound, NULL);
}
