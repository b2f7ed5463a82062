/* The commands of the command line, and what they share.
 *
 * Each command returns the exit code to give.  What goes wrong is said on stderr in one line.
 */
#ifndef RND_CMD_H
#define RND_CMD_H

#include <stdio.h>

#include "compare.h"
#include "options.h"
#include "render/model/model.h"
#include "scenarios/run.h"

int rnd_cmd_window(const struct rnd_options *options);
int rnd_cmd_compare(const struct rnd_options *options);
int rnd_cmd_run(const struct rnd_options *options);
int rnd_cmd_trace(const struct rnd_options *options);
int rnd_cmd_shot(const struct rnd_options *options);
int rnd_cmd_record(const struct rnd_options *options);

/* What to run, as asked for. */
struct scn_run_options rnd_cmd_run_options(const struct rnd_options *options);

/* The runs to compare, as asked for; none where one is to be shown.  False: something of it is not
 * there or does not fit, which was said. */
bool rnd_cmd_compare_spec(const struct rnd_options *options, struct rnd_compare_spec *out);

/* From now on an interrupt ends the run, and not us. */
void rnd_cmd_outlive_interrupts(void);

/* Runs the script of `given` to its end and says what the run has to say about it.  NULL: it could
 * not be started, which was said. */
struct scn_run *rnd_cmd_run_to_end(const struct rnd_options *options,
                                   const struct scn_run_options *given);

/* Runs a script to its end, silently, to look at it; NULL: it could not be started, which was said.
 */
struct rnd_subject *rnd_cmd_subject(const struct rnd_options *options,
                                    struct scn_run_options given);

/* Runs what is asked for, one script or those that are compared, each to its end; returns how many
 * there are.  0: one could not be started, which was said.  The caller closes them. */
uint32_t rnd_cmd_subjects(const struct rnd_options *options,
                          struct rnd_subject *subjects[RND_COMPARED_MAX]);

/* The model of a run; NULL: no memory, which was said. */
struct rnd_model *rnd_cmd_model(const struct rnd_options *options, struct scn_run *run);

/* Writes out stdout; false if not all of it can be written, which was said. */
bool rnd_cmd_flush(const struct rnd_options *options);

/* True if the script can be read; otherwise says why not. */
bool rnd_cmd_script_is_there(const struct rnd_options *options);

/* True if the script has the parameters that are given; otherwise says what is wrong with them. */
bool rnd_cmd_params_fit(const struct rnd_options *options);

/* Says what is wrong, after the command's name; returns the exit code for it. */
__attribute__((format(printf, 2, 3))) int rnd_cmd_fail(const struct rnd_options *options,
                                                       const char *format, ...);

/* The columns that the names of the tasks that are shown take: at least `least`, at most `most`. */
int rnd_cmd_name_width(const struct rnd_model *model, int least, int most);

/* Prints what each task spent its time on, between the virtual end and the trace's hash. */
void rnd_cmd_print_summary(const struct rnd_model *model, uint64_t hash, FILE *out);

/* Prints the run as a chart of `columns`, a row a task; in colours if `colours`. */
void rnd_cmd_print_timeline(const struct rnd_model *model, int columns, bool colours, FILE *out);

#endif
