#define _DEFAULT_SOURCE /* mkdtemp */
#include "voice.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECOND_NS INT64_C(1000000000)
#define BREATH_NS INT64_C(350000000)

enum { PATH_BYTES = 256, HEADER_BYTES = 44 };

extern char **environ;

/* A text as samples of 16 bits. */
struct clip {
    char *text;
    int16_t *samples;
    size_t count;
};

struct rnd_voice {
    char folder[PATH_BYTES / 2], path[PATH_BYTES]; /* of what is written */
    struct clip *clips;
    size_t clip_count, clip_capacity;
    uint32_t rate; /* samples a second, 0: not known yet */
    int code;      /* the first thing that went wrong */
    bool (*ended)(void *context);
    void *context;
    bool was_ended;
};

/* --- speaking ----------------------------------------------------------------------------------
 */

/* Runs espeak-ng to its end; 0 or an errno. */
static int run(const char *const *arguments)
{
    pid_t child;
    int status;
    char *const *argv = (char *const *)(uintptr_t)arguments; /* which it does not change */
    int reason = posix_spawnp(&child, "espeak-ng", NULL, NULL, argv, environ);
    if (reason)
        return reason;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return errno;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0     ? 0
           : WIFEXITED(status) && WEXITSTATUS(status) == 127 ? ENOENT
                                                             : EIO;
}

static uint32_t word_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

/* Reads the samples of a file whose header is the usual one; false if it is none of ours. */
static bool read_clip(struct rnd_voice *voice, FILE *file, struct clip *clip)
{
    unsigned char header[HEADER_BYTES];
    if (fread(header, 1, sizeof header, file) != sizeof header || memcmp(header, "RIFF", 4) != 0 ||
        memcmp(header + 8, "WAVEfmt ", 8) != 0 || header[22] != 1 || header[34] != 16)
        return false;
    uint32_t rate = word_at(header + 24);
    if (rate == 0 || (voice->rate && voice->rate != rate))
        return false;
    voice->rate = rate;
    /* How many there are the file's end says: the header was written before they were. */
    size_t room = 0, got;
    do {
        if (clip->count == room) {
            room = room ? 2 * room : 65536;
            int16_t *more = realloc(clip->samples, room * sizeof *more);
            if (!more)
                return false;
            clip->samples = more;
        }
        got = fread(clip->samples + clip->count, sizeof *clip->samples, room - clip->count, file);
        clip->count += got;
    } while (got > 0);
    return !ferror(file);
}

static int speak(struct rnd_voice *voice, const char *text, struct clip *clip)
{
    const char *const arguments[] = {"espeak-ng", "-v", "en", "-w", voice->path, "--", text, NULL};
    int reason = run(arguments);
    if (reason)
        return SIM_EIO;
    FILE *file = fopen(voice->path, "rb");
    bool whole = file && read_clip(voice, file, clip);
    if (file)
        fclose(file);
    return whole ? SIM_OK : SIM_EIO;
}

/* The clip of a text, made when it is asked for first; NULL: that failed. */
static const struct clip *find_clip(struct rnd_voice *voice, const char *text)
{
    for (size_t i = 0; i < voice->clip_count; i++)
        if (strcmp(voice->clips[i].text, text) == 0)
            return &voice->clips[i];
    if (voice->clip_count == voice->clip_capacity) {
        size_t capacity = voice->clip_capacity ? 2 * voice->clip_capacity : 32;
        struct clip *more = realloc(voice->clips, capacity * sizeof *more);
        if (!more)
            return NULL;
        voice->clips = more;
        voice->clip_capacity = capacity;
    }
    struct clip *clip = &voice->clips[voice->clip_count];
    *clip = (struct clip){.text = strdup(text)};
    voice->clip_count++;
    return clip->text && speak(voice, text, clip) == SIM_OK ? clip : NULL;
}

int64_t rnd_voice_reading_ns(const char *text, void *context)
{
    struct rnd_voice *voice = context;
    voice->was_ended = voice->was_ended || (voice->ended && voice->ended(voice->context));
    const struct clip *clip = voice->code || voice->was_ended ? NULL : find_clip(voice, text);
    int64_t reading_ns = rnd_cue_reading_ns(text, NULL);
    if (!clip) {
        voice->code = SIM_EIO;
        return reading_ns;
    }
    int64_t spoken_ns = (int64_t)clip->count * SECOND_NS / voice->rate + BREATH_NS;
    return spoken_ns > reading_ns ? spoken_ns : reading_ns;
}

/* --- one file ----------------------------------------------------------------------------------
 */

static void put_word(unsigned char *bytes, uint32_t word)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (unsigned char)(word >> 8 * i);
}

static bool write_header(const struct rnd_voice *voice, size_t samples, FILE *file)
{
    unsigned char header[HEADER_BYTES] = "RIFF    WAVEfmt ";
    put_word(header + 4, (uint32_t)(samples * 2 + HEADER_BYTES - 8));
    put_word(header + 16, 16);
    header[20] = header[22] = 1; /* PCM, one channel */
    put_word(header + 24, voice->rate);
    put_word(header + 28, voice->rate * 2);
    header[32] = 2;
    header[34] = 16;
    put_word(header + 36, 0x61746164); /* "data" */
    put_word(header + 40, (uint32_t)(samples * 2));
    return fseek(file, 0, SEEK_SET) == 0 && fwrite(header, 1, sizeof header, file) == sizeof header;
}

/* What lies between the clips is never written, and so is silence. */
static bool write_clips(struct rnd_voice *voice, const struct rnd_cues *cues, FILE *file)
{
    size_t end = 0;
    for (uint32_t i = 0; i < cues->count; i++) {
        const struct clip *clip = find_clip(voice, cues->items[i].text);
        if (!clip)
            return false;
        size_t begin = (size_t)(cues->items[i].begin_ns / 1000 * voice->rate / 1000000);
        if (fseek(file, (long)(HEADER_BYTES + begin * 2), SEEK_SET) != 0 ||
            fwrite(clip->samples, sizeof *clip->samples, clip->count, file) != clip->count)
            return false;
        end = begin + clip->count;
    }
    return write_header(voice, end, file);
}

bool rnd_voice_was_ended(const struct rnd_voice *voice)
{
    return voice->was_ended;
}

const char *rnd_voice_write(struct rnd_voice *voice, const struct rnd_cues *cues, char *error,
                            size_t error_size)
{
    bool written = false;
    if (!voice->code) {
        FILE *file = fopen(voice->path, "wb");
        written = file && write_clips(voice, cues, file);
        if (file && fclose(file) != 0)
            written = false;
    }
    if (written)
        return voice->path;
    (void)snprintf(
        error, error_size,
        "--voice: espeak-ng did not speak the captions, or there is no room for them in %s",
        voice->folder);
    return NULL;
}

/* --- opening and closing -----------------------------------------------------------------------
 */

int rnd_voice_open(struct rnd_voice **out, bool (*ended)(void *context), void *context, char *error,
                   size_t error_size)
{
    const char *parent = getenv("TMPDIR");
    struct rnd_voice *voice = *out = calloc(1, sizeof *voice);
    if (!voice)
        return SIM_ENOMEM;
    voice->ended = ended;
    voice->context = context;
    int length = snprintf(voice->folder, sizeof voice->folder, "%s/awaitscope-XXXXXX",
                          parent && *parent ? parent : "/tmp");
    if (length >= (int)sizeof voice->folder || !mkdtemp(voice->folder)) {
        (void)snprintf(error, error_size, "--voice: cannot make a folder in %s: %s",
                       parent && *parent ? parent : "/tmp", strerror(errno));
        voice->folder[0] = '\0';
        return SIM_EIO;
    }
    (void)snprintf(voice->path, sizeof voice->path, "%s/voice.wav", voice->folder);
    struct clip probe = {0};
    int code = speak(voice, "a", &probe);
    free(probe.samples);
    if (code < 0)
        (void)snprintf(error, error_size,
                       "--voice needs espeak-ng, which cannot be run: apt-get install espeak-ng");
    return code;
}

void rnd_voice_close(struct rnd_voice *voice)
{
    if (!voice)
        return;
    for (size_t i = 0; i < voice->clip_count; i++) {
        free(voice->clips[i].text);
        free(voice->clips[i].samples);
    }
    free(voice->clips);
    if (voice->folder[0]) {
        (void)unlink(voice->path);
        (void)rmdir(voice->folder);
    }
    free(voice);
}
