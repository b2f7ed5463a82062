#include "format.h"

#include <string.h>

/* Threads are counted here and not by the machine: with other counts encoders make other files. */
static const struct rnd_format formats[RND_FORMATS] = {
    [RND_FORMAT_MP4] = {.name = "mp4",
                        .suffix = ".mp4",
                        .title = "MP4",
                        .muxer = "mp4",
                        .muxer_options = "movflags=+faststart:movie_timescale=90000",
                        .codec = "libx264",
                        .codec_options = "preset=veryfast:crf=18:bf=0:forced-idr=1:threads=4",
                        .sound = "aac",
                        .pixels = RND_PIXELS_PLANES,
                        .video = true,
                        .chapters = true,
                        .side_most_px = 8192,
                        .area_most_px = 8192 * 4320, /* H.264's highest level */
                        .fps_usual = 60,
                        .fps_most = 240},
    [RND_FORMAT_WEBM] = {.name = "webm",
                         .suffix = ".webm",
                         .title = "WebM",
                         .muxer = "webm",
                         .muxer_options = "",
                         .codec = "libvpx-vp9",
                         .codec_options = "deadline=realtime:cpu-used=7:crf=24:b=0:threads=4:"
                                          "tile-columns=2:lag-in-frames=0:tune-content=screen",
                         .sound = "libopus",
                         .pixels = RND_PIXELS_PLANES,
                         .video = true,
                         .chapters = true,
                         .side_most_px = 16384,
                         .area_most_px = 8192 * 8192,
                         .fps_usual = 60,
                         .fps_most = 240},
    [RND_FORMAT_GIF] = {.name = "gif",
                        .suffix = ".gif",
                        .title = "GIF",
                        .muxer = "gif",
                        .muxer_options = "",
                        .codec = "gif",
                        .codec_options = "",
                        .pixels = RND_PIXELS_WORDS,
                        .side_most_px = 8192,
                        .area_most_px = 8192 * 4320,
                        .fps_usual = 4, /* each frame costs kilobytes */
                        .fps_most = 50},
    [RND_FORMAT_APNG] = {.name = "apng",
                         .suffix = ".apng",
                         .title = "APNG",
                         .muxer = "apng",
                         .muxer_options = "plays=0",
                         .codec = "apng",
                         .codec_options = "pred=none:compression_level=6",
                         .pixels = RND_PIXELS_ALPHA,
                         .side_most_px = 8192,
                         .area_most_px = 8192 * 4320,
                         .fps_usual = 10,
                         .fps_most = 240},
    [RND_FORMAT_PNG] = {.name = "png",
                        .suffix = "/",
                        .title = "a folder of PNGs",
                        .codec = "png",
                        .codec_options = "compression_level=6:pred=up",
                        .pixels = RND_PIXELS_BYTES,
                        .side_most_px = 16384,
                        .area_most_px = 16384 * 16384,
                        .fps_usual = 30,
                        .fps_most = 240},
};

const struct rnd_format *rnd_format_at(enum rnd_format_kind kind)
{
    return &formats[kind];
}

const struct rnd_format *rnd_format_find(const char *name)
{
    for (int i = 0; i < RND_FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

const struct rnd_format *rnd_format_of_path(const char *path)
{
    size_t length = strlen(path);
    for (int i = 0; i < RND_FORMATS; i++) {
        size_t end = strlen(formats[i].suffix);
        if (length > end && strcmp(path + length - end, formats[i].suffix) == 0)
            return &formats[i];
    }
    return NULL;
}
