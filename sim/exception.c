#include "exception.h"

#include "loop.h"

const char *sim_exception_type(enum sim_exception which)
{
    static const char *const types[] = {
#define EXCEPTION_TYPE(name, type, message) type,
        SIM_EXCEPTIONS(EXCEPTION_TYPE)};
    return types[which];
}

const char *sim_exception_message(enum sim_exception which)
{
    static const char *const messages[] = {
#define EXCEPTION_MESSAGE(name, type, message) message,
        SIM_EXCEPTIONS(EXCEPTION_MESSAGE)};
    return messages[which];
}

sim_value sim_exception_new(struct sim_world *world, enum sim_exception which, sim_value subject,
                            sim_value cause)
{
    if (!world->guest->exception)
        return NULL;
    sim_value exception = world->guest->exception(world, which, subject, cause);
    if (!exception)
        sim_world_fail(world, SIM_ENOMEM);
    return exception;
}
