/* Settings in a file: lines of `key = value`, comments after #.
 *
 * Invariants:
 *  - Nothing that somebody wrote is lost: comments, unknown keys and bad lines stay where they are.
 *  - What cannot be used is named once, with file and line, and otherwise as if it were not there.
 *  - The file is written only if something was set, and then at once.
 */
#ifndef RND_PREFS_H
#define RND_PREFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct rnd_prefs;

/* Reads a file; one that is not there has no settings.  Complaints go to `complaints`, borrowed.
 * NULL if memory is out: all functions take that as a file without settings that keeps none. */
struct rnd_prefs *rnd_prefs_open(const char *path, FILE *complaints);
void rnd_prefs_close(struct rnd_prefs *prefs);

/* The value of a key, NULL if it has none.  Valid until it is set. */
const char *rnd_prefs_text(const struct rnd_prefs *prefs, const char *key);

/* The number that a key has, if it is one and within the limits; else false, and *out as it was. */
bool rnd_prefs_number(const struct rnd_prefs *prefs, const char *key, double low, double high,
                      double *out);

/* The index of the word that a key has, -1 if it has none of them. */
int rnd_prefs_word(const struct rnd_prefs *prefs, const char *key, const char *const *words,
                   size_t count);

/* Says that the value of a key is no use, and why. */
void rnd_prefs_complain(const struct rnd_prefs *prefs, const char *key, const char *why);

/* Gives a key a value, in its line or in a new one. */
void rnd_prefs_set(struct rnd_prefs *prefs, const char *key, const char *value);
void rnd_prefs_set_number(struct rnd_prefs *prefs, const char *key, double value);

/* Writes what was set; false if it cannot be kept. */
bool rnd_prefs_save(struct rnd_prefs *prefs);

#endif
