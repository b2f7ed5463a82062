/* Output: the pieces that a script wrote, joined into lines. */
#include <assert.h>
#include <string.h>

#include "index.h"
#include "take.h"
#include "text.h"

/* A trace writes each text of output once, so there cannot be more lines than bytes of text and
 * pieces: what says otherwise is no honest trace, and its pieces are left whole. */
static bool may_split(const struct rnd_model *model)
{
    return model->output_count <= model->view.text_bytes + model->event_count;
}

bool rnd_output_room(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_index *index = model->index;
    size_t length;
    const char *text = rnd_model_text(model, event->a, &length), *end = text + length;
    uint32_t lines = 1;
    if (may_split(model))
        while ((text = memchr(text, '\n', (size_t)(end - text))) && ++text)
            lines++;
    return rnd_room(&model->pieces, model->piece_count, &index->piece_capacity, lines,
                    sizeof *model->pieces) &&
           rnd_room(&model->outputs, model->output_count, &index->output_capacity, lines,
                    sizeof *model->outputs);
}

/* The line that a piece goes on, or a new one. */
static struct rnd_output_line *line_for(struct rnd_model *model, uint32_t task, unsigned stream)
{
    struct rnd_output_line *last =
        model->output_count ? &model->outputs[model->output_count - 1] : NULL;
    if (last && !last->whole && last->stream == stream)
        return last;
    assert(model->outputs); /* rnd_output_room has seen to it */
    struct rnd_output_line *line = &model->outputs[model->output_count++];
    *line = (struct rnd_output_line){.at = here(model),
                                     .task = task,
                                     .first_piece = model->piece_count,
                                     .time_ns = model->end_ns,
                                     .stream = (uint8_t)stream};
    return line;
}

void rnd_output_take(struct rnd_model *model, const struct sim_event *event)
{
    size_t length;
    const char *text = rnd_model_text(model, event->a, &length);
    uint32_t task = rnd_take_author(model, event->id);
    bool split = may_split(model);
    for (size_t offset = 0; offset < length;) {
        const char *newline = split ? memchr(text + offset, '\n', length - offset) : NULL;
        size_t end = newline ? (size_t)(newline - text) : length;
        struct rnd_output_line *line = line_for(model, task, event->flag == SIM_STREAM_STDERR);
        model->pieces[model->piece_count++] =
            (struct rnd_piece){.at = here(model),
                               .task = task,
                               .text = event->a,
                               .offset = (uint32_t)offset,
                               .length = (uint32_t)(end - offset)};
        line->piece_count++;
        line->whole = newline || !split;
        offset = newline ? end + 1 : end;
    }
}

size_t rnd_model_output_text(const struct rnd_model *model, const struct rnd_output_line *line,
                             uint32_t cursor, char *out, size_t size)
{
    struct rnd_text result = rnd_text_begin(out, size);
    for (uint32_t i = 0; i < line->piece_count; i++) {
        const struct rnd_piece *piece = &model->pieces[line->first_piece + i];
        size_t length;
        const char *text = rnd_model_text(model, piece->text, &length);
        if (piece->at > cursor || piece->offset > length)
            break;
        length -= piece->offset;
        rnd_text_add(&result, text + piece->offset,
                     length < piece->length ? length : piece->length);
    }
    return result.used;
}
