#include "options_table.h"

#include <string.h>

enum {
    WINDOW = 1 << RND_COMMAND_WINDOW,
    RUN = 1 << RND_COMMAND_RUN,
    TRACE = 1 << RND_COMMAND_TRACE,
    SHOT = 1 << RND_COMMAND_SHOT,
    RECORD = 1 << RND_COMMAND_RECORD,
    COMPARE = 1 << RND_COMMAND_COMPARE,
    ALL = WINDOW | RUN | TRACE | SHOT | RECORD | COMPARE
};

const struct rnd_command_entry rnd_command_table[] = {
    [RND_COMMAND_WINDOW] = {"", "awaitscope", "[OPTIONS] [FILE] [-- ARGS]",
                            "Runs an asyncio script on a simulated clock and opens a window on "
                            "what happened.",
                            false},
    [RND_COMMAND_RUN] = {"run", "awaitscope run", "[OPTIONS] FILE [ARGS]",
                         "Runs a script without a window.  Its output and its exit code are its "
                         "own.",
                         true},
    [RND_COMMAND_TRACE] = {"trace", "awaitscope trace", "[OPTIONS] FILE [ARGS]",
                           "Runs a script and prints every event of the run, one a line: virtual "
                           "time, number, event.",
                           true},
    [RND_COMMAND_SHOT] =
        {"shot", "awaitscope shot", "[OPTIONS] -o OUT.png FILE [-- ARGS]",
         "Runs a script and draws the window as a PNG, SVG or PDF, without a display.", false},
    [RND_COMMAND_RECORD] = {"record", "awaitscope record", "[OPTIONS] -o OUT FILE [-- ARGS]",
                            "Runs a script and makes a video of it, exact to the frame, without a "
                            "display.",
                            false},
    [RND_COMMAND_COMPARE] =
        {"compare", "awaitscope compare", "[OPTIONS] FILE [NAME=X]... ...",
         "Opens up to four runs below each other in one window: what the lesson "
         "compares; or files, each with what its parameters get, and max-events=N to end it.",
         false},
};

#define FIELD(name) offsetof(struct rnd_options, name)

static const struct rnd_option options[] = {
    {"summary", NULL, "end, totals of each task and trace hash, on stderr", FIELD(summary), RUN,
     RND_OPTION_FLAG, 0},
    {"timeline", NULL, "the run as a chart, after the script's output", FIELD(timeline), RUN,
     RND_OPTION_FLAG, 0},
    {"save", "FILE", "keep the run there; the window opens it as it opens a script", FIELD(save),
     RUN, RND_OPTION_TEXT, 0},
    {"output", "FILE", "what to write", FIELD(output), SHOT | RECORD, RND_OPTION_TEXT, 'o'},
    {"format", "mp4|webm|gif|apng|png", "of the video (else by the end of its name)",
     FIELD(record.format), RECORD, RND_OPTION_CHOICE, 0},
    {"fps", "N", "frames a second (60; fewer in animations)", FIELD(record.fps), RECORD,
     RND_OPTION_COUNT, 0},
    {"constant-rate", NULL, "no frame lasts longer than another: slower, for some editors",
     FIELD(record.constant_rate), RECORD, RND_OPTION_FLAG, 0},
    {"at", "SECONDS", "at this virtual time (else the end)", FIELD(at_ns), SHOT, RND_OPTION_MOMENT,
     0},
    {"event", "N", "just after this event of 'awaitscope trace'", FIELD(event), SHOT,
     RND_OPTION_INDEX, 0},
    {"compare", NULL, "FILE and what follows, as 'awaitscope compare' takes them", FIELD(compare),
     SHOT | RECORD, RND_OPTION_FLAG, 0},
    {"predict", NULL, "with the question which task runs next", FIELD(predict), SHOT,
     RND_OPTION_FLAG, 0},
    {"lessons", NULL, "all lessons, in place of a script", FIELD(lessons), WINDOW | SHOT,
     RND_OPTION_FLAG, 0},
    {"size", "WxH", "of the picture, or of the window", FIELD(width_px),
     WINDOW | COMPARE | SHOT | RECORD, RND_OPTION_SIZE, 0},
    {"scale", "X", "of everything in it (else by its size)", FIELD(scale),
     WINDOW | COMPARE | SHOT | RECORD, RND_OPTION_FACTOR, 0},
    {"theme", "dark|light|contrast|safe", "the colours (else dark; a window's, as preferred)",
     FIELD(theme), WINDOW | COMPARE | SHOT | RECORD, RND_OPTION_CHOICE, 0},
    {"layout", "full|code|timeline|vertical|square", "which panels, and where",
     FIELD(record.layout), SHOT | RECORD, RND_OPTION_CHOICE, 0},
    {"presentation", NULL, "large type, and nothing but panels", FIELD(record.presentation),
     SHOT | RECORD, RND_OPTION_FLAG, 0},
    {"as-recorded", NULL, "as a frame of a video: with nothing to press", FIELD(record.film), SHOT,
     RND_OPTION_FLAG, 0},
    {"keys", NULL, "show each step, with the keys that make it", FIELD(record.keys), SHOT | RECORD,
     RND_OPTION_FLAG, 0},
    {"speed", "X", "virtual seconds in one of the video (1)", FIELD(record.speed), RECORD,
     RND_OPTION_SPEED, 0},
    {"duration", "SECONDS", "make it last exactly so long", FIELD(record.duration_ns), RECORD,
     RND_OPTION_SECONDS, 0},
    {"from", "PLACE", "begin at a time in seconds, at event:N or at a marker", FIELD(record.from),
     RECORD, RND_OPTION_TEXT, 0},
    {"to", "PLACE", "end there", FIELD(record.to), RECORD, RND_OPTION_TEXT, 0},
    {"hold", "SECONDS", "each step is seen at least so long (0.12)", FIELD(record.hold_ns), RECORD,
     RND_OPTION_SECONDS, 0},
    {"shorten-gaps", "SECONDS", "no waiting takes longer than that in the video",
     FIELD(record.gap_most_ns), RECORD, RND_OPTION_SECONDS, 0},
    {"pause-at-markers", "SECONDS", "hold each marker so long", FIELD(record.marker_pause_ns),
     RECORD, RND_OPTION_SECONDS, 0},
    {"captions", "burnt|beside|both|none", "in the picture, or as .vtt and .srt (burnt)",
     FIELD(record.captions), RECORD, RND_OPTION_CHOICE, 0},
    {"read-all", NULL, "hold every step until its sentence can be read", FIELD(record.read_all),
     RECORD, RND_OPTION_FLAG, 0},
    {"split", NULL, "a file for each chapter", FIELD(record.split), RECORD, RND_OPTION_FLAG, 0},
    {"no-title", NULL, "without the card of title and aim at the start", FIELD(record.no_title),
     RECORD, RND_OPTION_FLAG, 0},
    {"end-card", "TEXT", "say that on a card at the end", FIELD(record.end_card), RECORD,
     RND_OPTION_TEXT, 0},
    {"thumbnail", "FILE", "a picture from its middle, as a PNG", FIELD(record.thumbnail), RECORD,
     RND_OPTION_TEXT, 0},
    {"transcript", "FILE", "the captions as a text with times", FIELD(record.transcript), RECORD,
     RND_OPTION_TEXT, 0},
    {"audio", "FILE", "add the sound of a file", FIELD(record.audio), RECORD, RND_OPTION_TEXT, 0},
    {"voice", NULL, "speak the captions, by espeak-ng, and wait for them", FIELD(record.voice),
     RECORD, RND_OPTION_FLAG, 0},
    {"pace-from", "FILE", "captions begin when the cues of this WebVTT file do",
     FIELD(record.pace_from), RECORD, RND_OPTION_TEXT, 0},
    {"progress", "json", "tell on stderr how far it is, for programs", FIELD(progress), RECORD,
     RND_OPTION_CHOICE, 0},
    {"param", "NAME=X", "give a '# param:' of the script another value", FIELD(params), ALL,
     RND_OPTION_PARAM, 0},
    {"max-events", "N", "end the run after N events (10000000)", FIELD(max_events), ALL,
     RND_OPTION_COUNT, 0},
    {"max-time", "SECONDS", "end it after this virtual time (86400)", FIELD(max_time_ns), ALL,
     RND_OPTION_SECONDS, 0},
    {"max-real", "SECONDS", "end it after this real time (60)", FIELD(max_real_ns), ALL,
     RND_OPTION_SECONDS, 0},
    {"max-memory", "MB", "end it when it takes more memory (2048)", FIELD(max_memory_mb), ALL,
     RND_OPTION_COUNT, 0},
    {"no-preferences", NULL, "as if it were the first time, and keep nothing", FIELD(forget),
     WINDOW | COMPARE, RND_OPTION_FLAG, 0},
    {"dump-state", "FILE", "write what the window shows, as text, there", FIELD(dump),
     WINDOW | COMPARE, RND_OPTION_TEXT, 0},
    {"help", NULL, "say this", FIELD(help), ALL, RND_OPTION_FLAG, 'h'},
    {"version", NULL, "say which version this is", FIELD(version), WINDOW, RND_OPTION_FLAG, 0},
};

enum { OPTION_COUNT = sizeof options / sizeof *options };

const char *rnd_options_command_name(enum rnd_command command)
{
    return rnd_command_table[command].full;
}

/* --- finding ---------------------------------------------------------------------------------- */

const struct rnd_option *rnd_option_find(const char *name, size_t length)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (strlen(options[i].name) == length && memcmp(options[i].name, name, length) == 0)
            return &options[i];
    return NULL;
}

const struct rnd_option *rnd_option_find_letter(char letter)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (letter && options[i].letter == letter)
            return &options[i];
    return NULL;
}

enum { WORD_MAX = 24 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters have to be put in, left out or changed (Levenshtein); WORD_MAX for words that
 * are too long to be one of ours. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t row[WORD_MAX + 1];
    if (a_length > WORD_MAX || b_length > WORD_MAX)
        return WORD_MAX;
    for (size_t j = 0; j <= b_length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t above = row[j];
            row[j] = least(least(above, row[j - 1]) + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[b_length];
}

/* Whether `word` is likely a slip for `name`; keeps the best so far. */
static bool is_nearer(const char *name, const char *word, size_t length, size_t *best)
{
    size_t d = distance(name, strlen(name), word, length);
    if (d >= *best || d > (strlen(name) + 1) / 2)
        return false;
    *best = d;
    return true;
}

const struct rnd_option *rnd_option_nearest(enum rnd_command command, const char *name,
                                            size_t length)
{
    const struct rnd_option *nearest = NULL;
    size_t best = 4;
    for (int others = 0; others < 2 && !nearest; others++)
        for (size_t i = 0; i < OPTION_COUNT; i++)
            if ((others || (options[i].commands & (1u << command))) &&
                is_nearer(options[i].name, name, length, &best))
                nearest = &options[i];
    return nearest;
}

const char *rnd_command_nearest(const char *word)
{
    const char *nearest = NULL;
    size_t best = 3;
    for (int c = RND_COMMAND_WINDOW + 1; c < RND_COMMAND_COUNT; c++)
        if (is_nearer(rnd_command_table[c].name, word, strlen(word), &best))
            nearest = rnd_command_table[c].name;
    return nearest;
}

const char *rnd_option_expects(enum rnd_option_type type)
{
    switch (type) {
    case RND_OPTION_FLAG:
        break;
    case RND_OPTION_TEXT:
        return "empty";
    case RND_OPTION_CHOICE:
        return "none of the choices";
    case RND_OPTION_COUNT:
        return "no whole number from 1 to 1000000000";
    case RND_OPTION_INDEX:
        return "no number of an event: 0, 1, 2, ...";
    case RND_OPTION_SECONDS:
        return "no number of seconds above 0, such as 2.5";
    case RND_OPTION_MOMENT:
        return "no time in seconds, such as 2.5";
    case RND_OPTION_SIZE:
        return "no size in pixels, such as 1280x720 (320 to 16384 each)";
    case RND_OPTION_SPEED:
        return "no speed from 0.001 to 1000000";
    case RND_OPTION_FACTOR:
        return "no factor from 0.5 to 8";
    case RND_OPTION_PARAM:
        return "no parameter and its value, such as LIMIT=2.5, or one too many";
    }
    return "wrong";
}

/* --- help ------------------------------------------------------------------------------------- */

static void print_option(const struct rnd_option *option, FILE *out)
{
    char left[48];
    snprintf(left, sizeof left, "%s%c%s--%s%s%s", option->letter ? "-" : "",
             option->letter ? option->letter : ' ', option->letter ? ", " : "   ", option->name,
             option->value ? " " : "", option->value ? option->value : "");
    /* What is too long for its column has a line of its own. */
    if (strlen(left) > 24)
        fprintf(out, "  %s\n  %-24s %s\n", left, "", option->help);
    else
        fprintf(out, "  %-24s %s\n", left, option->help);
}

void rnd_options_print_help(enum rnd_command command, FILE *out)
{
    const struct rnd_command_entry *entry = &rnd_command_table[command];
    fprintf(out, "usage: %s %s\n", entry->full, entry->usage);
    for (int c = RND_COMMAND_WINDOW + 1; c < RND_COMMAND_COUNT && command == RND_COMMAND_WINDOW;
         c++)
        fprintf(out, "       %s %s\n", rnd_command_table[c].full, rnd_command_table[c].usage);
    fprintf(out, "\n%s\n\n", entry->about);
    if (command == RND_COMMAND_WINDOW) {
        for (int c = RND_COMMAND_WINDOW + 1; c < RND_COMMAND_COUNT; c++)
            fprintf(out, "  %-8s %s\n", rnd_command_table[c].name, rnd_command_table[c].about);
        fprintf(out, "\nEach has its own --help.  Options of the window:\n\n");
    }
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].commands & (1u << command))
            print_option(&options[i], out);
}
