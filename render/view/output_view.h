/* What users can change of the output: part of struct rnd_view. */
#ifndef RND_OUTPUT_VIEW_H
#define RND_OUTPUT_VIEW_H

#include "render/model/listing.h"

struct rnd_output_view {
    double px;                         /* the distance from its end: 0 follows it */
    bool of_one;                       /* only the selected task's lines are shown; */
    bool in_range;                     /* only those that were printed in the selected range; */
    char filter[RND_LISTING_TEXT_MAX]; /* only those that contain this; "": all */
    const struct rnd_listing *listing; /* borrowed: those of the task, with the text; NULL: all */
};

#endif
