/* How high lanes are, and what stands below them. */
#include "layout.h"

#include <math.h>

/* How wide a letter of a name is, as a share of its height. */
#define NAME_SHARE 0.56

static double clamp(double value, double low, double high)
{
    return fmin(fmax(value, low), fmax(high, low));
}

double rnd_layout_names_px(const struct rnd_layout *layout, uint32_t letters)
{
    const struct rnd_sizes *s = &layout->sizes;
    double all = layout->timeline.w,
           share = fmax(all * 0.16, fmin(all * 0.24, rnd_sizes_px(s, 164)));
    double own = clamp(floor(share), rnd_sizes_px(s, 140), rnd_sizes_px(s, 184));
    double longest = rnd_sizes_px(s, 48) + letters * NAME_SHARE * s->text_name;
    /* In a video nobody can point at a name that is cut. */
    return clamp(floor(longest), own, floor(all * (layout->film ? 0.26 : 0.2)));
}

double rnd_layout_lane_px(const struct rnd_layout *layout, uint32_t lane_count)
{
    /* Where not all fit, whole ones fill the panel. */
    double least = rnd_sizes_px(&layout->sizes, layout->stacked ? 34 : layout->film ? 42 : 46);
    double lowest = rnd_sizes_px(&layout->sizes, 18);
    if (layout->tight)
        least = clamp(layout->lanes.h / fmax(lane_count, 1), lowest, least);
    double most =
        layout->film && !layout->stacked ? layout->lanes.h : rnd_sizes_px(&layout->sizes, 118);
    double fit = fmax(floor(layout->lanes.h / least), 1);
    double rows = fmax(fmin(lane_count, fit), 1);
    return floor(clamp(layout->lanes.h / rows, least, most));
}

void rnd_layout_add_totals(struct rnd_layout *layout, uint32_t rows)
{
    const struct rnd_sizes *s = &layout->sizes;
    double gap = rnd_sizes_px(s, 6), height = rnd_sizes_px(s, 22 * rows + RND_LAYOUT_TOTALS_PAD);
    if (rows == 0 || layout->lanes.h - height - gap < rnd_layout_lane_px(layout, UINT32_MAX))
        return;
    layout->lanes.h -= height + gap;
    layout->axis.h -= height + gap;
    layout->totals = (struct rnd_rect){layout->axis.x, layout->lanes.y + layout->lanes.h + gap,
                                       layout->axis.w, height};
}
