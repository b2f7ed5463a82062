/* Runs the stories of stdin, each ended by an empty line, and prints what each says on one line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "story.h"

static void run(struct story *story, const char *text)
{
    int error = story_run(story, text, -1, NULL, 0);
    if (error < 0)
        printf("%s: ", sim_error_text(error));
    printf("%s\n", story->log);
    if (story->alloc.live_blocks != 0)
        printf("%d blocks leaked\n", (int)story->alloc.live_blocks);
}

int main(void)
{
    struct story *story = malloc(sizeof *story);
    char line[1024], text[4096] = "";
    while (story && fgets(line, sizeof line, stdin)) {
        if (line[0] != '\n') {
            strncat(text, line, sizeof text - strlen(text) - 1);
        } else {
            run(story, text);
            text[0] = '\0';
        }
    }
    free(story);
    return story ? 0 : 1;
}
