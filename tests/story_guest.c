/* The guest of stories: counted texts. */
#include <stdio.h>
#include <string.h>

#include "story_parts.h"

const char *story_text_of(sim_value value)
{
    return value ? ((const struct story_value *)value)->text : "None";
}

static void retain(sim_value value)
{
    ((struct story_value *)value)->references++;
}

static void release(sim_value object)
{
    struct story_value *value = object;
    if (--value->references == 0)
        sim_alloc_free(value->alloc, value);
}

sim_value story_value(struct sim_world *world, const char *text)
{
    struct story_value *value = sim_alloc_zero(world->alloc, sizeof *value);
    if (!value) {
        sim_world_fail(world, SIM_ENOMEM);
        return NULL;
    }
    value->alloc = world->alloc;
    value->references = 1;
    snprintf(value->text, sizeof value->text, "%s", text);
    return value;
}

static sim_value cancelled_error(struct sim_world *world, sim_value message)
{
    (void)message;
    return story_value(world, "CancelledError");
}

static sim_value exception(struct sim_world *world, enum sim_exception which, sim_value subject,
                           sim_value cause)
{
    (void)subject, (void)cause;
    return story_value(world, sim_exception_type(which));
}

static sim_value exception_group(struct sim_world *world, const sim_value *errors, uint32_t count)
{
    char text[sizeof((struct story_value *)0)->text] = "Group[";
    for (uint32_t i = 0; i < count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s", i ? "," : "", story_text_of(errors[i]));
    }
    size_t used = strlen(text);
    snprintf(text + used, sizeof text - used, "]");
    return story_value(world, text);
}

static bool is_base_error(struct sim_world *world, sim_value value)
{
    (void)world;
    return strcmp(story_text_of(value), "SystemExit") == 0;
}

/* Items that begin with ! cannot be compared. */
static int less(struct sim_world *world, sim_value a, sim_value b, sim_value *error)
{
    if (*story_text_of(a) == '!' || *story_text_of(b) == '!') {
        *error = story_value(world, "Incomparable");
        return -1;
    }
    return strcmp(story_text_of(a), story_text_of(b)) < 0;
}

static uint32_t describe(struct sim_world *world, sim_value value, enum sim_flag_outcome outcome)
{
    (void)outcome;
    return value ? sim_trace_intern_z(world->trace, story_text_of(value)) : 0;
}

static void lost_error(struct sim_task *task, struct sim_task *parent, sim_value value)
{
    struct story *story = task->future.loop->world->guest_user;
    size_t used = strlen(story->log);
    (void)parent;
    snprintf(story->log + used, sizeof story->log - used, "lost!%s ", story_text_of(value));
}

void story_guest_init(struct sim_guest *guest)
{
    *guest = (struct sim_guest){
        .retain = retain,
        .release = release,
        .describe = describe,
        .cancelled_error = cancelled_error,
        .exception = exception,
        .exception_group = exception_group,
        .is_base_error = is_base_error,
        .lost_error = lost_error,
        .less = less,
    };
}
