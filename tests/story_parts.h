/* What the parts of the stories' interpreter offer each other: see story.h. */
#ifndef TESTS_STORY_PARTS_H
#define TESTS_STORY_PARTS_H

#include "story.h"

#define SECOND INT64_C(1000000000)

/* --- story_guest.c ---------------------------------------------------------------------------- */

void story_guest_init(struct sim_guest *guest);
const char *story_text_of(sim_value value);

/* --- story_steps.c ---------------------------------------------------------------------------- */

/* A step, taken apart. */
struct story_words {
    char verb[16];
    char first; /* of the second word */
    char second[32], third[32];
    int64_t seconds; /* the last word as a time; SIM_NO_TIMEOUT if it is none */
};

struct story_words story_split(const char *step);
bool story_is(const struct story_words *words, const char *verb);

/* The outcome of the actor's step: a value (handed over), an exception of this type, the result of
 * a future, what a call returned; and that as the log shows it. */
void story_set_outcome(struct story_actor *self, enum sim_flag_resume how, sim_value value);
void story_raise(struct story_actor *self, const char *text);
void story_take_future(struct story_actor *self, const struct sim_future *future);
void story_take_result(struct story_actor *self, const struct story_words *words);
/* Takes what the actor was resumed with; true if that is an exception. */
bool story_raised(struct story_actor *self);
void story_log(struct story_actor *self, const char *what);
/* Appends to the log. */
__attribute__((format(printf, 2, 3))) void story_say(struct story_actor *self, const char *format,
                                                     ...);

/* Starts a task; NULL if there is none of this name, or it was started before. */
struct sim_task *story_start(struct story *story, char name);
/* Releases a lock or a semaphore; false if that is refused. */
bool story_release(struct story *story, char name);

/* Does a step that does not wait; false if it is none. */
bool story_do(struct story_actor *self, const struct story_words *words);
/* What a plain await is for, a new reference / a prepared call; NULL if the step is none. */
struct sim_future *story_awaited_of(struct story_actor *self, const struct story_words *words);
struct sim_frame *story_call_of(struct story_actor *self, const struct story_words *words);

/* --- story.c ---------------------------------------------------------------------------------- */

/* The coroutine of every actor. */
enum sim_flag_step story_body(struct sim_frame *frame);

#endif
