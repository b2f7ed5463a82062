/* The totals of a run, as a table. */
#include <inttypes.h>
#include <string.h>

#include "cmd.h"
#include "columns.h"
#include "render/model/label.h"

#define NAME_MOST 40

static double seconds(int64_t ns)
{
    return (double)ns / 1e9;
}

static void print_row(const struct rnd_model *model, const struct rnd_lane *lane, uint32_t task,
                      int name_width, FILE *out)
{
    char name[RND_LABEL_MAX];
    rnd_label_task(model, task, name, sizeof name);
    struct rnd_totals t = rnd_lane_totals(model, lane);
    int room = name_width - rnd_columns_of(name);
    fprintf(out, "%s%*s", name, room > 0 ? room : 0, "");
    const int64_t columns[] = {t.ran_ns, t.ready_ns, t.waited_ns, t.blocked_ns, t.late_ns};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        fprintf(out, " %13.6f", seconds(columns[i]));
    fputc('\n', out);
}

int rnd_cmd_name_width(const struct rnd_model *model, int least, int most)
{
    int width = least;
    for (uint32_t i = 0; i < model->lane_count && width < most; i++) {
        char name[RND_LABEL_MAX];
        if (model->lanes[i].naming == SIM_TASK_INTERNAL)
            continue;
        rnd_label_task(model, i + 1, name, sizeof name);
        int columns = rnd_columns_of(name);
        width = columns > width ? columns : width;
    }
    return width < most ? width : most;
}

void rnd_cmd_print_summary(const struct rnd_model *model, uint64_t hash, FILE *out)
{
    int name_width = rnd_cmd_name_width(model, (int)strlen("task"), NAME_MOST);
    fprintf(out, "virtual_end=%.6f\n", seconds(model->end_ns));
    if (model->colour_count > 0)
        fprintf(out, "%-*s %13s %13s %13s %13s %13s\n", name_width, "task", "ran", "ready",
                "waited", "blocked", "late");
    for (uint32_t i = 0; i < model->lane_count; i++)
        if (model->lanes[i].naming != SIM_TASK_INTERNAL)
            print_row(model, &model->lanes[i], i + 1, name_width, out);
    fprintf(out, "trace_hash=%016" PRIx64 "\n", hash);
}
