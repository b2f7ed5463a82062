/* What the making of a model remembers, and its lookup tables: private to render/model.
 *
 * Invariant: room for all that one event can add is made before it is taken in, so that taking it
 * in cannot fail half way.
 */
#ifndef RND_INDEX_H
#define RND_INDEX_H

#include "map.h"
#include "model.h"
#include "visits.h"

/* --- arrays ----------------------------------------------------------------------------------- */

/* The arrays of a model, X(items, item): model->items, model->item_count. */
#define RND_MODEL_ARRAYS(X)                                                                        \
    X(instants, instant)                                                                           \
    X(lanes, lane)                                                                                 \
    X(slices, slice)                                                                               \
    X(blocks, block)                                                                               \
    X(iterations, iteration)                                                                       \
    X(pushes, push)                                                                                \
    X(timers, timer)                                                                               \
    X(cancelled, cancelled)                                                                        \
    X(lates, late)                                                                                 \
    X(files, file)                                                                                 \
    X(lines, line)                                                                                 \
    X(loose_lines, loose_line)                                                                     \
    X(links, link)                                                                                 \
    X(stops, stop)                                                                                 \
    X(threads, thread)                                                                             \
    X(levels, level)                                                                               \
    X(waits, wait)                                                                                 \
    X(objects, object)                                                                             \
    X(members, member)                                                                             \
    X(pieces, piece)                                                                               \
    X(outputs, output)                                                                             \
    X(pops, pop)

/* Makes room for `more` items in the array that the pointer at `items` holds; false without memory.
 */
bool rnd_room(void *items, uint32_t count, uint32_t *capacity, uint32_t more, size_t size);

/* First i with items[i] > value, and with items[i] >= value, in an ascending uint32_t member of an
 * array of records: `at` points at the member of the first, `stride` is the record's size. */
uint32_t rnd_upper(const void *at, uint32_t count, size_t stride, uint32_t value);
uint32_t rnd_lower(const void *at, uint32_t count, size_t stride, uint32_t value);
#define RND_UPPER(items, field, count, value)                                                      \
    ((count) ? rnd_upper(&(items)->field, (count), sizeof *(items), (value)) : 0)
#define RND_LOWER(items, field, count, value)                                                      \
    ((count) ? rnd_lower(&(items)->field, (count), sizeof *(items), (value)) : 0)

/* --- tree of the timers' ends ----------------------------------------------------------------- */

/* levels[k][i] is the greatest end of the timers [i * 16^(k+1), (i+1) * 16^(k+1)). */
#define RND_TREE_LEVELS 8
struct rnd_tree {
    uint32_t *levels[RND_TREE_LEVELS];
    uint32_t counts[RND_TREE_LEVELS], capacities[RND_TREE_LEVELS];
};

/* Room for one timer more than `count`; it was appended, pending; the end of one has changed. */
bool rnd_tree_room(struct rnd_tree *tree, uint32_t count);
void rnd_tree_append(struct rnd_tree *tree, uint32_t index);
void rnd_tree_update(struct rnd_tree *tree, const struct rnd_timer *timers, uint32_t count,
                     uint32_t index);
/* The first timer from `index` on, and below `count`, that ends after `cursor`; RND_NEVER: none. */
uint32_t rnd_tree_next(const struct rnd_tree *tree, const struct rnd_timer *timers, uint32_t count,
                       uint32_t index, uint32_t cursor);

/* --- the making ------------------------------------------------------------------------------- */

/* A callback handle. */
struct rnd_callback {
    uint32_t handle;
    uint32_t name;     /* text */
    uint32_t timer;    /* index, RND_NEVER: it has no deadline */
    uint32_t by_timer; /* index of the timer that caused it in the end, RND_NEVER: none */
    uint32_t by_task;  /* the task that scheduled it, in the end; 0: none */
    uint32_t cause;    /* cursor at which it was scheduled */
    uint32_t future;   /* whose end it follows, 0: none */
};

/* How many kinds of awaits there are. */
#define RND_AWAIT_ONE(set, name, text) +1
enum { RND_AWAIT_KINDS = SIM_FLAGS_AWAIT(RND_AWAIT_ONE) };
#undef RND_AWAIT_ONE

/* A combinator. */
struct rnd_combine {
    uint32_t outer, children, tasks;
    uint32_t task;   /* that began it, 0: none */
    uint32_t level;  /* the last of its levels, RND_NEVER: none */
    uint32_t member; /* the last of its children, RND_NEVER: none */
    uint8_t kind;    /* enum sim_flag_combine */
};

struct rnd_index {
    uint32_t slice;                    /* index of the slice that runs, RND_NEVER: none */
    uint32_t block;                    /* index of the block that is open, RND_NEVER: none */
    uint32_t units;                    /* half slots of all slices so far */
    uint32_t thread;                   /* that runs, 0: the main one */
    uint32_t joined;                   /* index of the wait that was just begun, RND_NEVER: none */
    bool expiring;                     /* who is asked to cancel now is so because time is up, */
    uint32_t expired;                  /* of this timer (an index), RND_NEVER: it needed none */
    uint32_t loop;                     /* number of the last loop */
    uint32_t loop_pushes, loop_timers; /* how many there were when it last stopped */

    struct rnd_map handles; /* handle -> index in callbacks */
    struct rnd_callback *callbacks;
    struct rnd_map outers; /* future -> index in combines */
    struct rnd_map inners; /* future -> index of the last member that it is */
    struct rnd_combine *combines;
    struct rnd_map objects; /* object -> index in the model's */
    struct rnd_map files;   /* text of a file's name -> index in the model's */
    struct rnd_map twins;   /* text of a coroutine -> number of tasks that run it */
    struct rnd_tree ends;
    struct rnd_visits visits; /* of source lines */
    uint32_t callback_count, callback_capacity, combine_count, combine_capacity;

    bool backstage; /* from where asyncio makes a task outside any other, to clean up, to where
                       the loop stops */
    struct rnd_lane fresh; /* the next lane, with room for its first span */

#define RND_CAPACITY(items, item) uint32_t item##_capacity;
    RND_MODEL_ARRAYS(RND_CAPACITY)
#undef RND_CAPACITY
};

/* Makes room for all that an event can add; takes it in.  `event` is number model->event_count. */
bool rnd_index_room(struct rnd_model *model, const struct sim_event *event);
void rnd_index_take(struct rnd_model *model, const struct sim_event *event,
                    const struct sim_event *before);

/* How many half slots of the axis a slice takes. */
static inline uint32_t rnd_slice_units(const struct rnd_slice *slice)
{
    if (slice->backstage)
        return 0;
    if (slice->kind == RND_SLICE_TASK || slice->kind == RND_SLICE_THREAD)
        return 2;
    return slice->kind == RND_SLICE_CALLBACK && !slice->sleep;
}

/* How many slots the slices up to a cursor take (axis.c). */
double rnd_slots_in(const struct rnd_model *model, uint32_t cursor);

/* Adds to the totals of a lane what a span of a state counts for. */
void rnd_totals_add(struct rnd_totals *totals, unsigned state, int64_t length_ns);

/* Output, of the same two parts. */
bool rnd_output_room(struct rnd_model *model, const struct sim_event *event);
void rnd_output_take(struct rnd_model *model, const struct sim_event *event);

/* The last of the levels that are linked from `last` that was there at a cursor; NULL: none. */
const struct rnd_level *rnd_index_level(const struct rnd_model *model, uint32_t last,
                                        uint32_t cursor);
/* The place in its line of a wait at a cursor, 1 is the first; 0: not known. */
uint32_t rnd_index_place(const struct rnd_model *model, uint32_t wait, uint32_t cursor);

/* An object, a callback, a combinator; NULL for what is none. */
const struct rnd_object *rnd_index_object(const struct rnd_model *model, uint32_t id);
const struct rnd_callback *rnd_index_callback(const struct rnd_model *model, uint32_t handle);
const struct rnd_combine *rnd_index_combine(const struct rnd_model *model, uint32_t outer);

/* The group that asks for the cancellation which the event before a cursor asks for; NULL: none
 * does. */
const struct rnd_combine *rnd_index_aborting(const struct rnd_model *model, uint32_t cursor);

#endif
