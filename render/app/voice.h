/* The voice: captions spoken by espeak-ng, as clips that know how long they take, then as one file.
 *
 * Invariant: its files are in a folder of its own, which goes with it.
 */
#ifndef RND_VOICE_H
#define RND_VOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/model/cues.h"

struct rnd_voice;

/* Before each text `ended`, unless NULL, is asked whether no more is wanted.  Errors: SIM_ENOMEM,
 * SIM_EIO (espeak-ng is not installed, no room for files); `error` then says why. */
int rnd_voice_open(struct rnd_voice **voice, bool (*ended)(void *context), void *context,
                   char *error, size_t error_size) SIM_MUST_CHECK;
void rnd_voice_close(struct rnd_voice *voice); /* NULL is allowed */

/* How long a text is spoken, and a breath after it: a rnd_cue_reading whose context is the voice.
 * What goes wrong is told by rnd_voice_write. */
int64_t rnd_voice_reading_ns(const char *text, void *voice);

/* Whether no more was wanted: then not all was spoken. */
bool rnd_voice_was_ended(const struct rnd_voice *voice);

/* Writes the cues, each spoken when it begins; returns the path of the file,
 * the voice's, or NULL: `error` then says why. */
const char *rnd_voice_write(struct rnd_voice *voice, const struct rnd_cues *cues, char *error,
                            size_t error_size) SIM_MUST_CHECK;

#endif
