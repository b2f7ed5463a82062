/* The view: a frame of the window as a draw list.
 *
 * Invariants:
 *  - A frame is a pure function of (model, script, view): the same three give the same list.
 *  - All that users can change without running anything again is in struct rnd_view, as plain
 *    values; rnd_view_follow is the only function here that changes it.
 */
#ifndef RND_VIEW_H
#define RND_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "cards.h"
#include "compare.h"
#include "gallery.h"
#include "hits.h"
#include "inspect_view.h"
#include "layout.h"
#include "output_view.h"
#include "params.h"
#include "picker.h"
#include "predict.h"
#include "record.h"
#include "render/draw/font.h"
#include "render/draw/list.h"
#include "render/draw/theme.h"
#include "render/model/axis.h"
#include "render/model/direct.h"
#include "render/model/model.h"
#include "render/model/step.h"
#include "script.h"
#include "steps.h"
#include "timeline_view.h"

/* One line of the help: what to press, and what it does. */
struct rnd_help_row {
    const char *keys, *text;
};

#define RND_TIP_MAX 160

/* The caption of whatever moment is shown; what compared runs come to. */
#define RND_CAPTION_NOW (RND_NEVER - 1)
#define RND_CAPTION_ALL (RND_NEVER - 2)

enum rnd_run_state { RND_RUN_GOES_ON, RND_RUN_OVER, RND_RUN_TROUBLE };

/* How far a run is that takes long. */
struct rnd_progress {
    bool shown;
    uint32_t events;
    int64_t time_ns; /* virtual */
};

struct rnd_view {
    int width_px, height_px;
    double scale; /* of everything */
    struct rnd_layout_spec spec;
    const struct rnd_theme *theme;

    struct rnd_moment moment; /* the cursor */
    uint32_t caption;         /* the cursor whose caption is shown, RND_NEVER: none */
    struct rnd_axis axis;     /* of the timeline; its x = 0 is the left edge of layout.axis */
    bool whole;               /* the axis shows the whole run, also when it grows */
    struct rnd_timeline_view timeline;
    uint32_t file;            /* of the script, whose lines the source shows */
    double lanes_px, code_px; /* how far these are scrolled down */
    bool follows;             /* nobody has scrolled the source away from the line that runs */
    struct rnd_output_view output;

    bool playing;
    double speed;
    uint32_t lasts_s;     /* playing all takes just so long, whatever the speed; 0: as it comes */
    bool shorten, repeat; /* long idle gaps; from the start, at the end */
    double hurry;         /* how much faster than the speed a gap passes that is shortened now */
    enum rnd_step_kind step;
    uint32_t selected; /* task, 0: none */
    struct rnd_inspect_view inspect;
    char tip[RND_TIP_MAX];   /* told of what is under the pointer, "": nothing; a tab, its key */
    struct rnd_rect tip_for; /* where that is */
    bool pointer_in;         /* the pointer is over the window, at: */
    double pointer_x, pointer_y;

    struct rnd_scene scene;            /* where a director wants people to look */
    struct rnd_film_card card;         /* that lies over all, if it covers anything */
    struct rnd_step_shown step_shown;  /* over the timeline, if any of it is seen */
    const struct rnd_compare *compare; /* NULL: there is one run only */

    const struct rnd_help_row *help; /* shown if not NULL */
    size_t help_count;
    const struct rnd_picker_view *picker;   /* likewise; lies over all */
    const struct rnd_predict_view *predict; /* likewise */
    const struct rnd_gallery_view *gallery; /* likewise */
    const struct rnd_record_view *record;   /* likewise */
    const struct rnd_found_view *found;     /* likewise */

    struct rnd_progress progress;
    enum rnd_run_state run;
    const char *message; /* what went wrong; "" if nothing */
    struct rnd_params_view params;
    const char *trouble; /* why what is shown is not the newest; "" if it is */
    const char *remark;  /* why the last command did nothing; "" if it did something */
};

/* A view of a run as it is first seen, at its end.  The scale 0 is chosen by the size. */
struct rnd_view rnd_view_make(const struct rnd_model *model, const struct rnd_theme *theme,
                              int width_px, int height_px, double scale);

/* Gives the view another layout, and the scale that suits it (0: chosen by the size); call
 * rnd_view_fit then. */
void rnd_view_set_layout(struct rnd_view *view, const struct rnd_layout_spec *spec, double scale);

/* Where everything is. */
struct rnd_layout rnd_view_layout(const struct rnd_view *view);

/* Another size and scale; what was scrolled to stays on top, by whole rows, or moves just so far
 * that the line that runs is still seen, where it was followed. */
void rnd_view_resize(struct rnd_view *view, int width_px, int height_px, double scale,
                     const struct rnd_model *model, const struct rnd_script *script);

/* Another range is selected, with the task (0: none) whose time in it is told: likewise. */
void rnd_view_set_range(struct rnd_view *view, struct rnd_range range, uint32_t task,
                        const struct rnd_model *model, const struct rnd_script *script);

/* The window has another size or the model has grown: puts the axis and the scrolls right. */
void rnd_view_fit(struct rnd_view *view, const struct rnd_model *model,
                  const struct rnd_script *script);

/* The cursor moved: shows the file of the line that runs, and scrolls just so far that the line and
 * the lane that run, and the playhead, are seen. */
void rnd_view_follow(struct rnd_view *view, const struct rnd_model *model,
                     const struct rnd_script *script);

/* Another lane is selected: scrolls just so far that it is seen. */
void rnd_view_show_lane(struct rnd_view *view, const struct rnd_model *model,
                        const struct rnd_script *script, uint32_t task);

/* Likewise, of compared runs that are not in focus, their lanes. */
void rnd_view_follow_others(const struct rnd_view *view, struct rnd_compare *compare);

/* Another file of the script is looked at: where its line is that was reached last, or the first.
 */
void rnd_view_show_file(struct rnd_view *view, const struct rnd_model *model,
                        const struct rnd_script *script, uint32_t file);

/* Shows a line of a file in the middle of the source. */
void rnd_view_show_line(struct rnd_view *view, const struct rnd_model *model,
                        const struct rnd_script *script, uint32_t file, uint32_t line);

/* Puts the axis where the view's scene wants it; the axis is that of the whole run before. */
void rnd_view_direct(struct rnd_view *view, const struct rnd_model *model);

/* The axis of the density strip; its x = 0 is the left edge of layout.strip. */
struct rnd_axis rnd_view_strip(const struct rnd_view *view, const struct rnd_model *model);

/* How many rows of pinned lanes stay where they are while the others scroll. */
uint32_t rnd_view_pinned(const struct rnd_view *view, const struct rnd_layout *layout,
                         const struct rnd_model *model);

/* How many lines of the output are listed. */
uint32_t rnd_output_lines(const struct rnd_view *view, const struct rnd_model *model);

/* What the inspector is about: what was selected, or else what runs. */
struct rnd_thing rnd_inspector_thing(const struct rnd_view *view, const struct rnd_model *model);

/* All that the inspector tells. */
void rnd_inspector_facts(const struct rnd_view *view, const struct rnd_model *model,
                         struct rnd_facts *out);

/* How many rows of the ready queue, and of the timers, can be scrolled away. */
uint32_t rnd_loop_queue_most(const struct rnd_view *view, const struct rnd_model *model);
uint32_t rnd_loop_timers_most(const struct rnd_view *view, const struct rnd_model *model);

/* How far the inspector can be scrolled. */
double rnd_inspector_scroll_most(const struct rnd_view *view, const struct rnd_model *model);

/* The axis of the map below the lanes; its x = 0 is the left edge of layout.minimap. */
struct rnd_axis rnd_view_map(const struct rnd_view *view, const struct rnd_model *model);

/* Draws a frame, and notes what lies where. */
void rnd_view_draw(const struct rnd_view *view, const struct rnd_model *model,
                   const struct rnd_script *script, struct rnd_fonts *fonts, struct rnd_list *list,
                   struct rnd_hits *hits);

#endif
