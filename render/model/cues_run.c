/* The runs that there are cues of, and their words. */
#include <stdio.h>
#include <string.h>

#include "cues_private.h"
#include "step.h"

#define CHARACTERS_PER_S 17
#define SECOND_NS INT64_C(1000000000)

int64_t rnd_cue_reading_ns(const char *text, void *context)
{
    int64_t characters = 0;
    (void)context;
    for (; *text; text++)
        characters += ((unsigned char)*text & 0xc0) != 0x80;
    int64_t ns = characters * SECOND_NS / CHARACTERS_PER_S + 1;
    return ns > SECOND_NS ? ns : SECOND_NS;
}

int64_t rnd_cue_said_ns(const struct rnd_cue_options *options, const char *text)
{
    return options->reading ? options->reading(text, options->context)
                            : rnd_cue_reading_ns(text, NULL);
}

uint32_t rnd_cue_run_count(const struct rnd_cue_options *options)
{
    return options->runs ? options->runs->merged->run_count : 1;
}

struct rnd_cue_side rnd_cue_side_of(const struct rnd_model *model,
                                    const struct rnd_cue_options *options, uint32_t run)
{
    const struct rnd_cue_runs *runs = options->runs;
    if (!runs)
        return (struct rnd_cue_side){0, model, options->lesson, NULL};
    return (struct rnd_cue_side){run, runs->merged->runs[run], runs->lessons[run],
                                 runs->titles[run]};
}

uint32_t rnd_cue_cursor_of(const struct rnd_cue_options *options, const struct rnd_cue_side *side,
                           uint32_t cursor)
{
    if (!options->runs)
        return cursor;
    struct rnd_moment moment = rnd_model_moment(side->model, cursor);
    return rnd_merged_of(options->runs->merged, side->run, moment).cursor;
}

const char *rnd_cue_say(const struct rnd_cue_side *side, const char *text,
                        char out[RND_CUE_TEXT_MAX])
{
    if (!side->title)
        return text;
    (void)snprintf(out, RND_CUE_TEXT_MAX, "%s: %s", side->title, text);
    return out;
}

bool rnd_cue_is_first(const struct rnd_model *model, const struct rnd_cue_options *options,
                      const struct rnd_cue_side *side, const char *text, uint32_t cursor)
{
    for (uint32_t run = 0; run < rnd_cue_run_count(options); run++) {
        struct rnd_cue_side other = rnd_cue_side_of(model, options, run);
        for (uint32_t i = 0; other.lesson && i < other.lesson->caption_count; i++) {
            const struct rnd_note *note = &other.lesson->captions[i];
            uint32_t at = strcmp(note->text, text) == 0 ? rnd_step_at_line(other.model, note->line)
                                                        : RND_NEVER;
            if (at != RND_NEVER &&
                rnd_cue_cursor_of(options, &other, at) < rnd_cue_cursor_of(options, side, cursor))
                return false;
        }
    }
    return true;
}
