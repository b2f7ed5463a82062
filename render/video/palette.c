#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/opt.h>

#include "encoder_private.h"

/* Two graphs, one after the other: frames -> palettegen -> palette, then frames and palette ->
 * paletteuse -> frames in its colours. */
struct rnd_palette {
    AVFilterGraph *graph;
    AVFilterContext *source, *sink;
    AVFrame *colours; /* the palette, as a picture */
    int width_px, height_px, format;
    AVRational time_base;
};

static int add_source(const struct rnd_palette *palette, const char *name, int width_px,
                      int height_px, AVFilterContext **out)
{
    char options[160];
    (void)snprintf(options, sizeof options, "video_size=%dx%d:pix_fmt=%d:time_base=%d/%d", width_px,
                   height_px, palette->format, palette->time_base.num, palette->time_base.den);
    return avfilter_graph_create_filter(out, avfilter_get_by_name("buffer"), name, options, NULL,
                                        palette->graph);
}

/* Adds a filter behind the source, and the sink behind it. */
static int add_filter(struct rnd_palette *palette, const char *name, const char *options,
                      AVFilterContext **out)
{
    AVFilterGraph *graph = palette->graph;
    const AVFilter *filter = avfilter_get_by_name(name);
    const AVFilter *sink = avfilter_get_by_name("buffersink");
    if (!filter || !sink)
        return AVERROR_FILTER_NOT_FOUND;
    int code = avfilter_graph_create_filter(out, filter, name, options, NULL, graph);
    if (code >= 0)
        code = avfilter_graph_create_filter(&palette->sink, sink, "out", NULL, NULL, graph);
    if (code >= 0)
        code = avfilter_link(palette->source, 0, *out, 0);
    return code < 0 ? code : avfilter_link(*out, 0, palette->sink, 0);
}

/* Begins a graph with a source of frames. */
static int begin_graph(struct rnd_palette *palette)
{
    avfilter_graph_free(&palette->graph);
    palette->graph = avfilter_graph_alloc();
    if (!palette->graph)
        return AVERROR(ENOMEM);
    palette->graph->nb_threads = 1;
    return add_source(palette, "in", palette->width_px, palette->height_px, &palette->source);
}

int rnd_palette_open(struct rnd_palette **out, const AVFrame *like, AVRational time_base)
{
    struct rnd_palette *palette = *out = av_mallocz(sizeof *palette);
    if (!palette)
        return AVERROR(ENOMEM);
    palette->width_px = like->width;
    palette->height_px = like->height;
    palette->format = like->format;
    palette->time_base = time_base;
    palette->colours = av_frame_alloc();
    AVFilterContext *filter;
    int code = palette->colours ? begin_graph(palette) : AVERROR(ENOMEM);
    if (code >= 0)
        /* Flat panels need few colours, and each bit of one costs a tenth of the file. */
        code = add_filter(palette, "palettegen", "max_colors=64", &filter);
    return code < 0 ? code : avfilter_graph_config(palette->graph, NULL);
}

void rnd_palette_close(struct rnd_palette *palette)
{
    if (!palette)
        return;
    avfilter_graph_free(&palette->graph);
    av_frame_free(&palette->colours);
    av_free(palette);
}

int rnd_palette_look(struct rnd_palette *palette, AVFrame *frame)
{
    /* At once: otherwise frames would wait in the graph until somebody asked for the palette. */
    return av_buffersrc_add_frame_flags(palette->source, frame,
                                        AV_BUFFERSRC_FLAG_KEEP_REF | AV_BUFFERSRC_FLAG_PUSH);
}

int rnd_palette_make(struct rnd_palette *palette)
{
    AVFilterContext *filter, *colours;
    int code = av_buffersrc_close(palette->source, AV_NOPTS_VALUE, 0);
    if (code >= 0)
        code = av_buffersink_get_frame(palette->sink, palette->colours);
    if (code >= 0)
        code = begin_graph(palette);
    /* No dithering: what is drawn has few colours, and noise would be most of the file. */
    if (code >= 0)
        code = add_filter(palette, "paletteuse", "dither=none:diff_mode=rectangle", &filter);
    if (code >= 0)
        code = add_source(palette, "colours", palette->colours->width, palette->colours->height,
                          &colours);
    if (code >= 0)
        code = avfilter_link(colours, 0, filter, 1);
    if (code >= 0)
        code = avfilter_graph_config(palette->graph, NULL);
    palette->colours->pts = 0;
    if (code >= 0)
        code = av_buffersrc_add_frame(colours, palette->colours);
    return code < 0 ? code : av_buffersrc_close(colours, AV_NOPTS_VALUE, 0);
}

int rnd_palette_put(struct rnd_palette *palette, AVFrame *frame)
{
    return av_buffersrc_add_frame_flags(palette->source, frame, AV_BUFFERSRC_FLAG_KEEP_REF);
}

int rnd_palette_get(struct rnd_palette *palette, AVFrame *frame)
{
    return av_buffersink_get_frame(palette->sink, frame);
}
