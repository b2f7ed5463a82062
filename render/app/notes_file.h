/* The file that keeps a script's marks: beside it as SCRIPT.notes, or where that cannot be written
 * among the user's data. */
#ifndef RND_NOTES_FILE_H
#define RND_NOTES_FILE_H

#include "render/model/notes.h"

/* Adds the marks that are kept for a script; none if there is no such file.  Errors: SIM_ENOMEM. */
int rnd_notes_load(struct rnd_notes *notes, const char *script) SIM_MUST_CHECK;

/* Keeps the own marks; takes the file away where there are none.  Errors: SIM_ENOMEM, SIM_EIO. */
int rnd_notes_save(const struct rnd_notes *notes, const char *script) SIM_MUST_CHECK;

#endif
