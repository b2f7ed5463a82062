/* What the panels share: the frame that is being drawn, and the parts that they are made of.
 *
 * Each panel is one function of a frame, which appends to the frame's list and notes its hits; it
 * draws within its own rectangle of the layout and changes nothing else.
 */
#ifndef RND_PANEL_H
#define RND_PANEL_H

#include "field.h"
#include "render/model/label.h"
#include "render/model/state.h"
#include "view.h"

struct rnd_frame {
    struct rnd_list *list;
    struct rnd_hits *hits;
    struct rnd_fonts *fonts;
    const struct rnd_model *model;
    const struct rnd_script *script;
    const struct rnd_view *view;
    const struct rnd_view *focus; /* the same; where runs are compared, that of the one in focus */
    const struct rnd_theme *theme;
    struct rnd_layout layout;
    struct rnd_state state;                     /* of the loop at the cursor */
    const struct rnd_timeline_columns *columns; /* while the timeline is drawn */
    uint32_t since; /* the stop before the cursor: what came after it is new */
};

void rnd_panel_header(struct rnd_frame *frame);
void rnd_panel_params(struct rnd_frame *frame);
/* Puts those that stand in the title bar to the right of `left`, as far as they have room there. */
void rnd_panel_params_fit(struct rnd_frame *frame, double left);
void rnd_panel_source(struct rnd_frame *frame);
void rnd_panel_timeline(struct rnd_frame *frame);
void rnd_panel_timelines(struct rnd_frame *frame); /* of all runs that are compared */
void rnd_panel_output(struct rnd_frame *frame);
void rnd_panel_loop(struct rnd_frame *frame);
void rnd_panel_inspector(struct rnd_frame *frame);
void rnd_panel_caption(struct rnd_frame *frame);
void rnd_panel_transport(struct rnd_frame *frame);
void rnd_panel_help(struct rnd_frame *frame);
void rnd_panel_tooltip(struct rnd_frame *frame);
void rnd_panel_picker(struct rnd_frame *frame);
void rnd_panel_gallery(struct rnd_frame *frame);
void rnd_panel_predict(struct rnd_frame *frame);
void rnd_panel_card(struct rnd_frame *frame);
void rnd_panel_record(struct rnd_frame *frame);
void rnd_panel_found(struct rnd_frame *frame);
void rnd_panel_step(struct rnd_frame *frame);

/* A measure at the frame's scale, in whole pixels. */
double rnd_panel_px(const struct rnd_frame *frame, double px_at_scale_1);

/* A panel's ground with its title, which collapses it; returns the middle of the title. */
double rnd_panel_begin(struct rnd_frame *frame, enum rnd_panel_id id);

/* Dims all panels, and lays an empty box over them. */
void rnd_panel_overlay(struct rnd_frame *frame, struct rnd_rect box);

/* What can be dragged between the panels. */
void rnd_panel_splitters(struct rnd_frame *frame);

/* At the right edge of a part that is scrolled: how much of its content is seen, and which. */
void rnd_panel_scrollbar(struct rnd_frame *frame, struct rnd_rect seen, double content_px,
                         double scrolled_px);

/* One text that stands in a panel: where its anchor is, with capitals centred on middle_y. */
struct rnd_label {
    enum rnd_font font;
    double size_px, x, middle_y;
    rnd_colour colour;
    enum rnd_align align;
    double max_px; /* 0: any width */
};
void rnd_panel_label(struct rnd_frame *frame, struct rnd_label label, const char *text);

/* A field that is edited, with its cursor and selection; the hint stands where it is empty. */
void rnd_panel_field(struct rnd_frame *frame, struct rnd_rect rect, const struct rnd_field *field,
                     const char *hint);

/* A text in lines no wider than max_px, broken at blanks; the last has all the rest. */
#define RND_PANEL_LINES_MAX 8
struct rnd_panel_lines {
    const char *at[RND_PANEL_LINES_MAX];
    size_t bytes[RND_PANEL_LINES_MAX];
    uint32_t count;
};
struct rnd_panel_lines rnd_panel_wrap(const struct rnd_frame *frame, enum rnd_font font,
                                      double size_px, const char *text, double max_px,
                                      uint32_t most);

/* The same for a name: one that is too long is cut in its middle, for its end tells it apart. */
void rnd_panel_name(struct rnd_frame *frame, struct rnd_label label, const char *text);

/* The same for one of several: where they would look the same, what tells it apart stays. */
struct rnd_names {
    const char *const *names;
    uint32_t count;
};
void rnd_panel_name_among(struct rnd_frame *frame, struct rnd_label label, const char *text,
                          struct rnd_names others);

/* Keys with what they do, after each other, between x and x + the returned width: key, words, key,
 * words, NULL. */
double rnd_panel_keys(struct rnd_frame *frame, double x, double middle_y, double size_px,
                      const char *const keys[]);
double rnd_panel_keys_px(const struct rnd_frame *frame, double size_px, const char *const keys[]);

/* The width of a text. */
double rnd_panel_width(const struct rnd_frame *frame, enum rnd_font font, double size_px,
                       const char *text);

/* The colour of a lane: threads take the palette from its end. */
rnd_colour rnd_panel_lane_colour(const struct rnd_frame *frame, uint32_t colour, bool thread);

/* The colour of a task (0: no task; one that asyncio made for itself is hardly seen), and of how a
 * task ended. */
rnd_colour rnd_panel_task(const struct rnd_frame *frame, uint32_t task);
rnd_colour rnd_panel_end(const struct rnd_frame *frame, enum rnd_task_state state);

/* A round button with its icon, and the icon alone; the radius is the button's. */
void rnd_panel_button(struct rnd_frame *frame, enum rnd_button button, double x, double y,
                      double radius_px);
void rnd_panel_icon(struct rnd_frame *frame, enum rnd_button button, double x, double y,
                    double radius_px, rnd_colour colour);

/* The sign of a filter, about its middle. */
void rnd_panel_funnel(struct rnd_frame *frame, double x, double y, rnd_colour colour);

/* A button of a dialog, with its words, that ends at `right`; the chief one stands out.  Returns
 * where the next one to its left ends. */
double rnd_panel_choice(struct rnd_frame *frame, double right, double middle, const char *text,
                        bool chief, enum rnd_hit_kind kind, uint32_t value);

/* Whether the pointer is there: then something answers to it. */
bool rnd_panel_hovered(const struct rnd_frame *frame, struct rnd_rect rect);

/* A round mark with a tick, an exclamation mark, a cross or a clock's hands: how a task ended. */
void rnd_panel_end_mark(struct rnd_frame *frame, double x, double y, double radius_px,
                        enum rnd_task_state state, rnd_colour colour);

#endif
