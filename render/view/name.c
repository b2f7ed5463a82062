#include "panel.h"

#include <stdio.h>
#include <string.h>

/* Of a name that is cut, so much room is its end's. */
#define END_SHARE 0.45

/* Where several agree at both ends, so much is its begin's; what differs comes with the word that
 * it is in, unless that begins far before it. */
#define HEAD_SHARE 0.3
#define WORD_BACK_MOST 6
#define WORD_ENDS "_. -/:,"

#define RND_NAME_MAX 256

/* Where the end of a text begins that fits, between two characters. */
static const char *end_that_fits(const struct rnd_frame *frame, const struct rnd_label *label,
                                 const char *text, double max_px)
{
    const char *at = text + strlen(text);
    while (at > text) {
        const char *before = at - 1;
        while (before > text && ((unsigned char)*before & 0xc0) == 0x80)
            before--;
        if (rnd_panel_width(frame, label->font, label->size_px, before) > max_px)
            break;
        at = before;
    }
    return at;
}

/* How a text is cut: so many bytes of its begin, and what follows its end's begin. */
struct cut {
    size_t begin;
    const char *end;
};

static struct cut cut_of(const struct rnd_frame *frame, const struct rnd_label *label,
                         const char *text, double room)
{
    struct cut cut = {.end = end_that_fits(frame, label, text, room * END_SHARE)};
    double end_px = rnd_panel_width(frame, label->font, label->size_px, cut.end);
    cut.begin =
        rnd_font_fit(frame->fonts, label->font, label->size_px, text, strlen(text), room - end_px);
    return cut;
}

/* Whether another text looks the same once it is cut so. */
static bool looks_same(const char *text, struct cut cut, const char *other)
{
    size_t length = strlen(other), end = strlen(cut.end);
    return strcmp(text, other) != 0 && length > cut.begin + end &&
           memcmp(text, other, cut.begin) == 0 && strcmp(other + length - end, cut.end) == 0;
}

/* Where a text begins to differ from those that look the same, at the begin of a word if one is
 * near; its length where none does. */
static size_t first_difference(const char *text, struct cut cut, struct rnd_names others)
{
    size_t first = strlen(text);
    for (uint32_t i = 0; i < others.count; i++) {
        const char *other = others.names[i];
        size_t same = 0;
        if (!looks_same(text, cut, other))
            continue;
        while (text[same] && text[same] == other[same])
            same++;
        first = same < first ? same : first;
    }
    if (!text[first])
        return first;
    while (first > 0 && ((unsigned char)text[first] & 0xc0) == 0x80)
        first--;
    for (size_t back = 0; back < WORD_BACK_MOST && back < first; back++)
        if (strchr(WORD_ENDS, text[first - back - 1]))
            return first - back;
    return first;
}

/* The text's first letters, and what tells it apart from the others. */
static void write_apart(const struct rnd_frame *frame, const struct rnd_label *label,
                        const char *text, size_t from, double room, char out[RND_NAME_MAX])
{
    double dots = rnd_panel_width(frame, label->font, label->size_px, "…");
    size_t length = strlen(text + from);
    size_t head =
        rnd_font_fit(frame->fonts, label->font, label->size_px, text, from, room * HEAD_SHARE);
    double left =
        room - rnd_font_width_bytes_px(frame->fonts, label->font, label->size_px, text, head);
    size_t fit = rnd_font_fit(frame->fonts, label->font, label->size_px, text + from, length, left);
    bool whole = fit >= length;
    if (!whole)
        fit = rnd_font_fit(frame->fonts, label->font, label->size_px, text + from, length,
                           left - dots);
    (void)snprintf(out, RND_NAME_MAX, "%.*s…%.*s%s", (int)head, text, (int)fit, text + from,
                   whole ? "" : "…");
}

void rnd_panel_name_among(struct rnd_frame *frame, struct rnd_label label, const char *text,
                          struct rnd_names others)
{
    char cut_text[RND_NAME_MAX];
    double dots = rnd_panel_width(frame, label.font, label.size_px, "…");
    double width = rnd_panel_width(frame, label.font, label.size_px, text);
    double room = label.max_px - dots;
    if (label.max_px <= 0 || width <= label.max_px || room < 2 * dots ||
        strlen(text) + 2 * sizeof "…" >= sizeof cut_text) {
        rnd_panel_label(frame, label, text);
        return;
    }
    struct cut cut = cut_of(frame, &label, text, room);
    size_t apart = first_difference(text, cut, others);
    if (apart < strlen(text))
        write_apart(frame, &label, text, apart, room, cut_text);
    else
        (void)snprintf(cut_text, sizeof cut_text, "%.*s…%s", (int)cut.begin, text, cut.end);
    rnd_panel_label(frame, label, cut_text);
}

void rnd_panel_name(struct rnd_frame *frame, struct rnd_label label, const char *text)
{
    rnd_panel_name_among(frame, label, text, (struct rnd_names){0});
}
