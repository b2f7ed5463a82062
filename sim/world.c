/* What all loops of a run share. */
#include "loop.h"

void sim_world_init(struct sim_world *world, struct sim_alloc *alloc, struct sim_trace *trace,
                    const struct sim_guest *guest, void *guest_user)
{
    static const struct sim_guest none = {0};
    *world = (struct sim_world){
        .max_time_ns = SIM_TIME_MAX_NS,
        .trace = trace,
        .alloc = alloc,
        .guest = guest ? guest : &none,
        .guest_user = guest_user,
    };
}

void sim_world_fail(struct sim_world *world, int error)
{
    if (world->error == 0)
        world->error = error;
}

int64_t sim_time_after(int64_t now_ns, int64_t delay_ns)
{
    return delay_ns < SIM_TIME_MAX_NS - now_ns ? now_ns + delay_ns : SIM_TIME_MAX_NS;
}

void sim_world_move_clock(struct sim_world *world, int64_t to_ns, enum sim_flag_clock why)
{
    if (to_ns > world->max_time_ns) {
        sim_world_fail(world, SIM_ETIME);
        to_ns = world->max_time_ns;
    }
    if (to_ns <= world->now_ns)
        return;
    world->now_ns = to_ns;
    SIM_PUT_NS(world->trace, CLOCK, why, 0, to_ns);
}
