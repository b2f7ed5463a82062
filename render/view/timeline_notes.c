/* Marks on the ruler: where they are, what they are called, and the note of the one that the
 * playhead is at. */
#include "timeline.h"

#include <math.h>
#include <string.h>

/* More in one picture cannot be read. */
#define MARKS_MAX 64
#define NOTE_LINES_MAX 4

static double x_of(const struct rnd_frame *frame, struct rnd_moment moment)
{
    return frame->layout.axis.x + rnd_axis_x_moment(&frame->view->axis, moment);
}

static rnd_colour colour_of(const struct rnd_frame *frame, const struct rnd_mark *mark)
{
    return mark->own ? frame->theme->accent : frame->theme->text_secondary;
}

/* A pennant below the ruler. */
static void draw_mark(struct rnd_frame *frame, uint32_t index, double x, double y)
{
    rnd_colour colour = colour_of(frame, &frame->view->timeline.notes->items[index]);
    double size = rnd_panel_px(frame, 8);
    rnd_list_triangle(frame->list, (struct rnd_point){x, y},
                      (struct rnd_point){x + size, y + size / 2}, (struct rnd_point){x, y + size},
                      colour);
}

/* Where the names begin, below the ruler's labels, or else at the top of the lanes. */
static double top_of(const struct rnd_frame *frame)
{
    struct rnd_rect ruler = frame->layout.ruler;
    return rnd_rect_is_seen(ruler) ? ruler.y + ruler.h - rnd_panel_px(frame, 2)
                                   : frame->layout.axis.y;
}

/* Where two marks are at one place, one's own is seen, and not the lesson's. */
static bool is_hidden(const struct rnd_frame *frame, uint32_t index)
{
    const struct rnd_notes *notes = frame->view->timeline.notes;
    const struct rnd_mark *mark = &notes->items[index];
    for (uint32_t i = index ? index - 1 : 0; i <= index + 1 && i < notes->count; i++) {
        const struct rnd_mark *other = &notes->items[i];
        if (!mark->own && other->own && other->moment.cursor != RND_NEVER &&
            fabs(x_of(frame, other->moment) - x_of(frame, mark->moment)) < rnd_panel_px(frame, 4))
            return true;
    }
    return false;
}

/* Where a mark's name ends at most: before the next that is seen, or at the end of the axis. */
static double name_end(const struct rnd_frame *frame, uint32_t index)
{
    const struct rnd_notes *notes = frame->view->timeline.notes;
    struct rnd_rect axis = frame->layout.axis;
    uint32_t next = index + 1;
    while (next < notes->count && notes->items[next].moment.cursor != RND_NEVER &&
           is_hidden(frame, next))
        next++;
    bool last = next >= notes->count || notes->items[next].moment.cursor == RND_NEVER;
    double right =
        last ? INFINITY : x_of(frame, notes->items[next].moment) - rnd_panel_px(frame, 4);
    return fmin(axis.x + axis.w, right);
}

/* A box of that size that hangs from a mark, within the axis, and below how long the range is. */
static struct rnd_rect box_at(const struct rnd_frame *frame, double x, double width, double height)
{
    struct rnd_rect axis = frame->layout.axis;
    double left = fmin(fmax(x, axis.x), axis.x + axis.w - width);
    bool crowded = rnd_timeline_range_has(frame, left, left + width);
    double top = top_of(frame) + rnd_panel_px(frame, crowded ? 18 : -5);
    return (struct rnd_rect){floor(left), top, width, height};
}

/* The mark below which the field hangs in which it is edited, or its note; NULL: none. */
static const struct rnd_mark *hanging(const struct rnd_frame *frame, double *width)
{
    const struct rnd_timeline_view *view = &frame->view->timeline;
    bool name = view->editing == RND_EDITING_MARK, note = view->editing == RND_EDITING_NOTE;
    uint32_t mark = name || note ? view->mark : rnd_notes_at(view->notes, frame->view->moment);
    *width = fmin(rnd_panel_px(frame, name ? 240 : note ? 420 : 320), frame->layout.axis.w);
    if (mark >= view->notes->count || (!name && !note && !*view->notes->items[mark].note))
        return NULL;
    return &view->notes->items[mark];
}

/* Whether that lies over a name. */
static bool is_covered(const struct rnd_frame *frame, struct rnd_rect name)
{
    double width;
    const struct rnd_mark *mark = hanging(frame, &width);
    if (!mark)
        return false;
    struct rnd_rect box = box_at(frame, x_of(frame, mark->moment), width, 1);
    return name.x < box.x + box.w && name.x + name.w > box.x;
}

/* Where a mark's name stands: beside its pennant, or before its pole where only there is room for
 * all of it; `from`: where there is room.  No width: nowhere. */
static struct rnd_rect place_name(const struct rnd_frame *frame, uint32_t index, double x, double y,
                                  double from)
{
    const char *name = frame->view->timeline.notes->items[index].name;
    double size = frame->layout.sizes.text_small - 1, gap = rnd_panel_px(frame, 4);
    double width = ceil(rnd_panel_width(frame, RND_FONT_UI, size, name));
    double right = x + rnd_panel_px(frame, 11), room = name_end(frame, index) - right;
    struct rnd_rect place = {right, y - rnd_panel_px(frame, 3), fmin(width, room),
                             rnd_panel_px(frame, 14)};
    if (room < width && x - gap - width >= from) {
        place.x = x - gap - width;
        place.w = width;
    }
    bool high = rnd_rect_is_seen(frame->layout.ruler) || !frame->layout.tight;
    if (!high || place.w < fmin(width, rnd_panel_px(frame, 40)) ||
        rnd_timeline_range_has(frame, place.x - gap, place.x + place.w + gap) ||
        is_covered(frame, place))
        place.w = 0;
    return place;
}

static void draw_mark_name(struct rnd_frame *frame, uint32_t index, struct rnd_rect place,
                           bool hovered)
{
    const struct rnd_mark *mark = &frame->view->timeline.notes->items[index];
    rnd_timeline_clear(frame, (struct rnd_rect){place.x - 1, place.y, place.w + 2, place.h});
    rnd_panel_label(
        frame,
        (struct rnd_label){.font = RND_FONT_UI,
                           .size_px = frame->layout.sizes.text_small - 1,
                           .x = place.x,
                           .middle_y = place.y + place.h / 2,
                           .colour = hovered ? frame->theme->text_primary : colour_of(frame, mark),
                           .max_px = place.w},
        mark->name);
}

/* The marks that are seen, as far as they can be told apart; returns how many, at most MARKS_MAX.
 */
static uint32_t seen_marks(const struct rnd_frame *frame, uint32_t marks[MARKS_MAX])
{
    const struct rnd_notes *notes = frame->view->timeline.notes;
    struct rnd_rect axis = frame->layout.axis;
    uint32_t count = 0;
    for (uint32_t i = 0; notes && i < notes->count && count < MARKS_MAX; i++) {
        struct rnd_moment moment = notes->items[i].moment;
        double x = moment.cursor == RND_NEVER ? INFINITY : x_of(frame, moment);
        if (x >= axis.x - 1 && x <= axis.x + axis.w && !is_hidden(frame, i))
            marks[count++] = i;
    }
    return count;
}

void rnd_timeline_mark_lines(struct rnd_frame *frame)
{
    const struct rnd_layout *l = &frame->layout;
    uint32_t marks[MARKS_MAX], count = seen_marks(frame, marks);
    for (uint32_t n = 0; n < count; n++) {
        const struct rnd_mark *mark = &frame->view->timeline.notes->items[marks[n]];
        double x = x_of(frame, mark->moment), dash = rnd_panel_px(frame, 3);
        rnd_colour colour = rnd_colour_mix(frame->theme->panel_bg, colour_of(frame, mark), 150);
        rnd_list_line(
            frame->list, x, top_of(frame), x, l->axis.y + l->axis.h,
            (struct rnd_stroke){
                .colour = colour, .width_px = l->sizes.border, .dash_px = dash, .gap_px = dash});
    }
}

void rnd_timeline_marks(struct rnd_frame *frame)
{
    const struct rnd_notes *notes = frame->view->timeline.notes;
    double y = top_of(frame), icon = rnd_panel_px(frame, 11), from = frame->layout.axis.x;
    uint32_t marks[MARKS_MAX], count = seen_marks(frame, marks);
    struct rnd_rect clip = frame->layout.axis;
    clip.y -= icon; /* where there is no ruler, names begin above the lanes */
    clip.h += icon;
    rnd_list_clip_push(frame->list, clip);
    for (uint32_t n = 0; n < count; n++) {
        uint32_t i = marks[n];
        double x = x_of(frame, notes->items[i].moment);
        struct rnd_rect name = place_name(frame, i, x, y, from);
        struct rnd_rect place = {x - 3, y - 2, icon + 3, rnd_panel_px(frame, 14)};
        draw_mark(frame, i, x, y);
        if (name.w > 0) {
            double right = fmax(place.x + place.w, name.x + name.w);
            place.x = fmin(place.x, name.x);
            place.w = right - place.x;
            draw_mark_name(frame, i, name, rnd_panel_hovered(frame, place));
        }
        from = place.x + place.w + rnd_panel_px(frame, 4);
        rnd_hits_add(frame->hits, place, RND_HIT_MARK, i);
    }
    rnd_list_clip_pop(frame->list);
}

/* --- the field and the note ------------------------------------------------------------------- */

static void draw_field(struct rnd_frame *frame, const struct rnd_mark *mark, double width)
{
    const struct rnd_timeline_view *view = &frame->view->timeline;
    bool note = view->editing == RND_EDITING_NOTE;
    struct rnd_rect box = box_at(frame, x_of(frame, mark->moment), width, rnd_panel_px(frame, 28));
    rnd_panel_field(frame, box, &view->field,
                    note ? "a note" : "its name; without one it is taken away");
    static const char *const of_name[] = {"Enter", "keeps it", "Tab", "a note",
                                          "Esc",   "back",     NULL};
    static const char *const of_note[] = {"Enter", "keeps it", "Tab", "the name",
                                          "Esc",   "back",     NULL};
    double size = frame->layout.sizes.text_small - 1;
    struct rnd_rect below = {box.x, box.y + box.h, box.w, rnd_panel_px(frame, 20)};
    rnd_list_round(frame->list, below, rnd_panel_px(frame, 4), frame->theme->raised_bg,
                   frame->theme->raised_border, frame->layout.sizes.border);
    (void)rnd_panel_keys(frame, below.x + rnd_panel_px(frame, 8), below.y + below.h / 2, size,
                         note ? of_note : of_name);
}

static void draw_note(struct rnd_frame *frame, const struct rnd_mark *mark, double width)
{
    const struct rnd_theme *theme = frame->theme;
    double size = frame->layout.sizes.text_small, pad = rnd_panel_px(frame, 10);
    double row = rnd_panel_px(frame, 20);
    struct rnd_panel_lines lines =
        rnd_panel_wrap(frame, RND_FONT_UI, size, mark->note, width - 2 * pad, NOTE_LINES_MAX);
    double height = row * (double)(lines.count + 1) + pad;
    struct rnd_rect box = box_at(frame, x_of(frame, mark->moment), width, height);
    rnd_list_round(frame->list, box, rnd_panel_px(frame, 6), theme->raised_bg,
                   colour_of(frame, mark), frame->layout.sizes.border);
    double y = box.y + pad / 2 + row / 2;
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                       .size_px = size,
                                       .x = box.x + pad,
                                       .middle_y = y,
                                       .colour = theme->text_primary,
                                       .max_px = width - 2 * pad},
                    mark->name);
    for (uint32_t i = 0; i < lines.count; i++) {
        y += row;
        rnd_list_text_bytes(frame->list, RND_FONT_UI, size, box.x + pad,
                            rnd_font_baseline_px(frame->fonts, RND_FONT_UI, size, y),
                            theme->text_secondary, lines.at[i], lines.bytes[i], RND_ALIGN_LEFT,
                            width - 2 * pad);
    }
}

void rnd_timeline_note(struct rnd_frame *frame)
{
    const struct rnd_timeline_view *view = &frame->view->timeline;
    double width;
    const struct rnd_mark *mark = view->notes ? hanging(frame, &width) : NULL;
    if (mark && (view->editing == RND_EDITING_MARK || view->editing == RND_EDITING_NOTE))
        draw_field(frame, mark, width);
    else if (mark)
        draw_note(frame, mark, width);
}
