#include "subtitles.h"

#include <inttypes.h>

/* 00:01:02.345; rounded down, so that cues do not come to overlap. */
static void write_time(int64_t ns, char point, FILE *file)
{
    int64_t ms = ns / 1000000;
    fprintf(file, "%02" PRId64 ":%02" PRId64 ":%02" PRId64 "%c%03" PRId64, ms / 3600000,
            ms / 60000 % 60, ms / 1000 % 60, point, ms % 1000);
}

/* Characters that mean something in WebVTT are written so that they do not. */
static void write_text(const char *text, FILE *file)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", file);
            break;
        case '<':
            fputs("&lt;", file);
            break;
        case '>':
            fputs("&gt;", file);
            break;
        default:
            fputc(*text, file);
        }
    }
}

static void write_cue(const struct rnd_cue *cue, enum rnd_subtitles kind, uint32_t number,
                      FILE *file)
{
    char point = kind == RND_SUBTITLES_SRT ? ',' : '.';
    if (kind == RND_SUBTITLES_VTT)
        fprintf(file, "\nevent:%" PRIu32 "\n", cue->cursor);
    else if (kind == RND_SUBTITLES_SRT)
        fprintf(file, "%s%" PRIu32 "\n", number > 1 ? "\n" : "", number);
    write_time(cue->begin_ns, point, file);
    if (kind == RND_SUBTITLES_TEXT) {
        fprintf(file, "  %s\n", cue->text);
        return;
    }
    fputs(" --> ", file);
    write_time(cue->end_ns, point, file);
    fputc('\n', file);
    if (kind == RND_SUBTITLES_VTT)
        write_text(cue->text, file);
    else
        fputs(cue->text, file);
    fputc('\n', file);
}

void rnd_subtitles_write(const struct rnd_cues *cues, enum rnd_subtitles kind, const char *title,
                         int64_t begin_ns, int64_t end_ns, FILE *file)
{
    uint32_t number = 0;
    if (kind == RND_SUBTITLES_VTT)
        fputs("WEBVTT\n", file);
    else if (kind == RND_SUBTITLES_TEXT)
        fprintf(file, "%s\n\n", title);
    for (uint32_t i = 0; i < cues->count; i++) {
        struct rnd_cue cue = cues->items[i];
        if (cue.begin_ns < begin_ns || cue.begin_ns >= end_ns)
            continue;
        cue.end_ns = (cue.end_ns < end_ns ? cue.end_ns : end_ns) - begin_ns;
        cue.begin_ns -= begin_ns;
        write_cue(&cue, kind, ++number, file);
    }
}
