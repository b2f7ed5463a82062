/* Stories in cmocka suites. */
#ifndef TESTS_STORY_CHECK_H
#define TESTS_STORY_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "story.h"

/* Runs a story and asserts what it says, and that nothing leaked. */
static inline void story_says(const char *text, const char *log)
{
    struct story *story = malloc(sizeof *story);
    assert_non_null(story);
    assert_int_equal(story_run(story, text, -1, NULL, 0), 0);
    assert_string_equal(story->log, log);
    assert_int_equal(story->alloc.live_blocks, 0);
    free(story);
}

/* Asserts that these lines stand in the trace of a story, one behind the other. */
static inline void story_traces(const char *text, const char *lines)
{
    static char trace[1 << 16];
    struct story *story = malloc(sizeof *story);
    assert_non_null(story);
    assert_int_equal(story_run(story, text, -1, trace, sizeof trace), 0);
    if (!strstr(trace, lines))
        fail_msg("not in the trace:\n%s\nbut:\n%s", lines, trace);
    free(story);
}

#endif
