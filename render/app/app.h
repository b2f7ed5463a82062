/* The application behind the window: a run, its model, the view of it, and the commands that change
 * them.  It knows no window system and no clock.
 *
 * Invariants:
 *  - The view's cursor is never beyond the model; while the run goes on, the model grows in
 *    rnd_app_poll only.
 *  - `changed` is set by whatever changes the picture.
 */
#ifndef RND_APP_H
#define RND_APP_H

#include "commands.h"
#include "compare.h"
#include "finder.h"
#include "gallery.h"
#include "inspector.h"
#include "left_file.h"
#include "picker.h"
#include "record_dialog.h"
#include "render/model/pace.h"
#include "subject.h"

struct rnd_app_options {
    struct scn_run_options run;             /* borrowed */
    const struct rnd_compare_spec *compare; /* borrowed during rnd_app_open; `run` is its first */
    const struct rnd_theme *theme;
    double scale; /* 0: by the window's size */
    const struct rnd_help_row *help;
    size_t help_count;
    bool forget; /* nothing is kept from one session to the next */
};

/* What view.output.listing points to, and whose lines they are. */
struct rnd_output_lines {
    struct rnd_listing listing;
    const struct rnd_subject *of;
};

#define RND_SUBJECTS_MAX RND_COMPARED_MAX

/* So much larger than at first, or smaller, things can be made. */
#define RND_LARGER_MOST 2.5

/* Where somebody was before following an arrow. */
#define RND_JUMPS_MAX 64
struct rnd_jump {
    struct rnd_moment moment;
    uint32_t selected;
};
struct rnd_jumps {
    struct rnd_jump items[RND_JUMPS_MAX];
    uint32_t count;
};

struct rnd_app {
    struct rnd_app_options options;
    struct rnd_subject *subjects[RND_SUBJECTS_MAX]; /* owned; from top to bottom */
    uint32_t subject_count;
    struct rnd_subject *shown; /* the one of them that the panels show */
    /* Owned, NULL if none: what takes each subject's place once there is something to show; and
     * whether it is out of date already. */
    struct rnd_subject *next[RND_SUBJECTS_MAX];
    bool again[RND_SUBJECTS_MAX];
    /* Owned: what is shown as soon as there is something to see of all; beside the others, or in
     * their place. */
    struct rnd_subject *opening[RND_SUBJECTS_MAX];
    uint32_t opening_count;
    bool opening_beside;
    bool loop_collapsed;        /* it is, but for what is compared */
    struct rnd_compare compare; /* view.compare, while there are several */
    char trouble[256];          /* text of view.trouble, */
    char remark[256];           /* of view.remark */
    int64_t anchor_ns;          /* the time that was looked at before runs got too short for it */
    struct rnd_view view;
    struct rnd_picker picker;
    struct rnd_finder finder;
    struct rnd_output_lines output;
    struct rnd_gallery gallery;          /* open if the view has it */
    struct rnd_predict_view predict;     /* likewise */
    const struct rnd_subject *predicted; /* what is asked about there */
    struct rnd_record_dialog record;     /* open if the view has it */
    double larger;                       /* by which the user wants everything larger */
    struct rnd_pace pace;
    struct rnd_direct direct; /* what the lesson says of where to look, at that pace */
    bool pace_valid;          /* it is that of the model and the speed as they are */
    int64_t play_ns;          /* while playing: presentation time */
    struct rnd_moment played; /* what the pace showed last; of compared runs, of all */
    struct rnd_jumps jumps;
    struct rnd_left *left; /* owned: what is taken up once the run is over, NULL: nothing */
    struct rnd_inspector inspector;
    bool show_keys;      /* as they are pressed */
    int64_t keys_ns;     /* so long ago was the last one; below 0: just now */
    bool field_is_fresh; /* no key was pressed since the timeline's field is edited */
    bool changed, quit, fullscreen;
    bool fullscreen_before; /* it was presented */
    bool marks_unkept;      /* those of the shown run could not be written to a file */
};

/* Starts the run, and a view of it of that size in pixels.  Errors: SIM_ENOMEM, SIM_EIO, SIM_EINVAL
 * with one line in `error`. */
int rnd_app_open(struct rnd_app *app, const struct rnd_app_options *options, int width_px,
                 int height_px, char *error, size_t error_size) SIM_MUST_CHECK;
void rnd_app_close(struct rnd_app *app);

/* The window has another size. */
void rnd_app_resize(struct rnd_app *app, int width_px, int height_px);

/* Takes in what the run recorded meanwhile.  Errors: SIM_ENOMEM. */
int rnd_app_poll(struct rnd_app *app) SIM_MUST_CHECK;
/* Whether it must be polled. */
bool rnd_app_goes_on(const struct rnd_app *app);

/* The index of the subject that is shown. */
uint32_t rnd_app_focus(const struct rnd_app *app);

/* Runs a subject, or all, again, with the parameters as they are.  What is shown stays until there
 * is something else to show; a run that fails at once only leaves its message. */
void rnd_app_rerun(struct rnd_app *app, uint32_t index);
void rnd_app_rerun_all(struct rnd_app *app);

/* The settings that a lesson's parameters have now; how to run a file with some. */
void rnd_app_settings(const struct rnd_lesson *lesson, struct rnd_settings *out);
struct scn_run_options rnd_app_run_options(const struct rnd_app *app, const char *path,
                                           const struct scn_param *params, int count);

/* Says why a command does nothing, until the next one. */
__attribute__((format(printf, 2, 3))) void rnd_app_remark(struct rnd_app *app, const char *format,
                                                          ...);

/* Says what went wrong; why a run came to nothing. */
void rnd_app_say_trouble(struct rnd_app *app, const char *message);
void rnd_app_say_failure(struct rnd_app *app, const struct rnd_subject *subject);

/* Compares runs, in place of what is shown; compares what is shown with a file.  Lets another of
 * them be in focus.  The subjects or their models are other ones: tells the view. */
void rnd_app_compare(struct rnd_app *app, const struct rnd_compare_spec *spec);
void rnd_app_compare_file(struct rnd_app *app, const char *path);
void rnd_app_set_focus(struct rnd_app *app, uint32_t index);
void rnd_app_focus_at(struct rnd_app *app, double x, double y);
void rnd_app_refresh_compare(struct rnd_app *app);
/* Scrolls the lanes of the compared run at a point, unless it is in focus: then false. */
bool rnd_app_scroll_at(struct rnd_app *app, double x, double y, double dy_px);
/* A step where the run in focus is over, and others are not; false where that is not so. */
bool rnd_app_step_beyond(struct rnd_app *app, bool forward);
int rnd_app_poll_opening(struct rnd_app *app) SIM_MUST_CHECK;
void rnd_app_close_subjects(struct rnd_app *app);

/* Shows another file, in the same way. */
void rnd_app_show_file(struct rnd_app *app, const char *path);

/* Gives a parameter of the shown subject the nearest value that it can have, and runs it again;
 * false if that is what it has. */
bool rnd_app_set_param(struct rnd_app *app, uint32_t index, double value);

/* Playing goes on by so much real time. */
void rnd_app_tick(struct rnd_app *app, int64_t elapsed_ns);

/* Moves the cursor there; playing goes on from there. */
void rnd_app_go(struct rnd_app *app, struct rnd_moment moment);

/* A gap that is shortened takes so long. */
#define RND_PLAY_GAP_MOST_NS INT64_C(500000000)

/* The last moment there is: beside a longer run, its end. */
struct rnd_moment rnd_app_last_moment(const struct rnd_app *app);

/* Makes the pace that of the model and the speed as they are; false if memory is out. */
bool rnd_app_pace(struct rnd_app *app);
/* Nobody is led any more by where the lesson says to look. */
void rnd_app_stop_directing(struct rnd_app *app);
/* The model or the speed is another one. */
void rnd_app_forget_pace(struct rnd_app *app);

/* Says how far runs are that take long. */
void rnd_app_note_progress(struct rnd_app *app);

/* Moves a splitter to the pointer; back to where the design has it. */
void rnd_app_drag_splitter(struct rnd_app *app, enum rnd_splitter splitter);
void rnd_app_reset_splitter(struct rnd_app *app, enum rnd_splitter splitter);

/* Changes the timeline's axis, which then no longer shows the whole run by itself. */
void rnd_app_pan(struct rnd_app *app, double dx_px);
void rnd_app_zoom(struct rnd_app *app, double x_px, double factor);

#endif
