/* Which lines of the output are shown: of the selected task, with a text.
 *
 * Invariant: the view's listing is of the run that is shown, once rnd_output_work was called.
 */
#ifndef RND_APP_OUTPUT_H
#define RND_APP_OUTPUT_H

#include "app.h"

/* Shows the lines that contain this, "": all. */
void rnd_output_filter(struct rnd_app *app, const char *filter);

/* Looks for such lines for a while; true if there is more to do. */
bool rnd_output_work(struct rnd_app *app);

void rnd_output_close(struct rnd_app *app);

#endif
