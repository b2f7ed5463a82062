/* The gallery at work: finds the lessons, and draws their thumbnails one by one in the background.
 *
 * A thumbnail is made of a run of its lesson and kept in the cache under a hash of the lesson's
 * text and of the program, so that it is made once.
 */
#ifndef RND_APP_GALLERY_H
#define RND_APP_GALLERY_H

#include "render/view/gallery.h"
#include "scenarios/run.h"

struct rnd_gallery {
    struct rnd_card *cards;
    char **paths;        /* of the lessons */
    uint32_t next;       /* the first card whose thumbnail was not tried yet */
    struct scn_run *run; /* of that lesson, NULL: not started */
    uint64_t key;        /* of its thumbnail in the cache */
    bool keep;           /* thumbnails are kept in the cache */
    bool leaving;        /* it closes once there is something else to show */
    struct rnd_gallery_view view;
};

/* Reads what lessons there are, in the order of their files' names; `gallery` is zeros at first. No
 * lessons, or no memory: there are none. */
void rnd_gallery_load(struct rnd_gallery *gallery);
void rnd_gallery_close(struct rnd_gallery *gallery);

/* Goes on with the thumbnails; `changed` is set if one is done, and left alone otherwise.  Returns
 * after how many milliseconds to call it again, -1: all are done. */
int rnd_gallery_work(struct rnd_gallery *gallery, bool *changed);

#endif
