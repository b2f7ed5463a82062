/* The gateway to memory: what it counts, and how it says no. */
#define _GNU_SOURCE /* MADV_POPULATE_WRITE, mincore */
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim/alloc.h"
#include "sim/error.h"

enum { REGION_BYTES = 8 << 20, PIECE_BYTES = 256 << 10 };

static void what_is_handed_out_is_counted_until_it_is_back(void **state)
{
    (void)state;
    struct sim_alloc alloc;
    sim_alloc_init(&alloc);
    char *zeros = sim_alloc_zero(&alloc, 64);
    char *grown = sim_alloc_resize(&alloc, NULL, 8);
    for (int i = 0; i < 64; i++)
        assert_int_equal(zeros[i], 0);
    assert_int_equal(alloc.live_blocks, 2);
    memcpy(grown, "1234567", 8);
    grown = sim_alloc_resize(&alloc, grown, 4096);
    assert_string_equal(grown, "1234567");
    assert_int_equal(alloc.live_blocks, 2);
    assert_int_equal(alloc.total_blocks, 3);
    sim_alloc_free(&alloc, zeros);
    sim_alloc_free(&alloc, grown);
    sim_alloc_free(&alloc, NULL);
    assert_int_equal(alloc.live_blocks, 0);
}

static void each_way_to_memory_fails_when_it_is_told_to(void **state)
{
    (void)state;
    struct sim_alloc alloc;
    sim_alloc_init(&alloc);
    void *region = sim_alloc_reserve(&alloc, REGION_BYTES);
    char *block = sim_alloc_zero(&alloc, 8);
    block[0] = 'x';
    alloc.fail_after = 1;
    void *last = sim_alloc_zero(&alloc, 8);
    assert_non_null(last);
    assert_null(sim_alloc_zero(&alloc, 8));
    assert_null(sim_alloc_resize(&alloc, block, 1 << 20));
    assert_null(sim_alloc_reserve(&alloc, REGION_BYTES));
    assert_int_equal(sim_alloc_commit(&alloc, region, 4096), SIM_ENOMEM);
    assert_int_equal(alloc.live_blocks, 3);
    assert_int_equal(block[0], 'x');
    alloc.fail_after = -1;
    sim_alloc_free(&alloc, block);
    sim_alloc_free(&alloc, last);
    sim_alloc_unreserve(&alloc, region, REGION_BYTES);
    assert_int_equal(alloc.live_blocks, 0);
}

/* Small ones from common slabs, large ones from outside: each keeps what is written to it. */
static void blocks_that_are_given_back_are_taken_again(void **state)
{
    enum { COUNT = 5000 };
    static unsigned char *blocks[COUNT];
    (void)state;
    struct sim_alloc alloc;
    sim_alloc_init(&alloc);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < COUNT; i++) {
            blocks[i] = sim_alloc_take(&alloc, (size_t)i % 700 + 1);
            assert_non_null(blocks[i]);
            assert_int_equal((uintptr_t)blocks[i] % 16, 0);
            memset(blocks[i], i % 251, (size_t)i % 700 + 1);
        }
        assert_int_equal(alloc.live_blocks, COUNT);
        for (int i = 0; i < COUNT; i++) {
            assert_int_equal(blocks[i][0], i % 251);
            assert_int_equal(blocks[i][i % 700], i % 251);
            sim_alloc_give(&alloc, blocks[i], (size_t)i % 700 + 1);
        }
        assert_int_equal(alloc.live_blocks, 0);
        assert_null(alloc.slabs);
        assert_null(alloc.empty_slabs);
    }
    alloc.fail_after = 0;
    assert_null(sim_alloc_take(&alloc, 32));
    assert_null(sim_alloc_take(&alloc, 3200));
    assert_int_equal(alloc.live_blocks, 0);
    sim_alloc_give(&alloc, NULL, 32);
}

static void many_small_blocks_are_apart(void **state)
{
    (void)state;
    enum { COUNT = 8192, SIZE = 1024 };
    struct sim_alloc alloc;
    sim_alloc_init(&alloc);
    char **blocks = malloc(COUNT * sizeof *blocks);
    for (int i = 0; i < COUNT; i++) {
        blocks[i] = sim_alloc_take(&alloc, SIZE);
        assert_non_null(blocks[i]);
        memset(blocks[i], i % 127, SIZE);
    }
    for (int i = 0; i < COUNT; i++) {
        assert_int_equal(blocks[i][0], i % 127);
        assert_int_equal(blocks[i][SIZE - 1], i % 127);
        sim_alloc_give(&alloc, blocks[i], SIZE);
    }
    free(blocks);
    assert_int_equal(alloc.live_blocks, 0);
}

static void memory_that_is_made_real_ahead_keeps_what_is_written(void **state)
{
    (void)state;
    struct sim_alloc alloc;
    sim_alloc_init(&alloc);
    char *region = sim_alloc_reserve(&alloc, REGION_BYTES);
    assert_int_equal(sim_alloc_commit(&alloc, region, REGION_BYTES), 0);
    sim_alloc_ahead(&alloc, region, 1); /* no whole page */
    for (size_t at = 0; at < REGION_BYTES; at += PIECE_BYTES) {
        sim_alloc_ahead(&alloc, region + at + 1, PIECE_BYTES); /* more than are remembered */
        memset(region + at, 'x', PIECE_BYTES);
    }
    for (size_t at = 0; at < REGION_BYTES; at++)
        assert_int_equal(region[at], 'x');
    sim_alloc_ahead(&alloc, region, REGION_BYTES);
    sim_alloc_unreserve(&alloc, region, REGION_BYTES); /* while some of it waits */
    assert_null(alloc.ahead);
    assert_int_equal(alloc.live_blocks, 0);
}

/* Given back in any order, they lie in the same places and order when a new run takes them. */
static void blocks_are_laid_out_anew_when_all_are_back(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* each block is by itself */
#endif
    enum { COUNT = 9000, SIZE = 600, STRIDE = 7 };
    struct sim_alloc alloc;
    sim_alloc_init(&alloc);
    void *held = sim_alloc_zero(&alloc, 1), *first[COUNT];
    for (int round = 0; round < 2; round++) {
        void *blocks[COUNT];
        for (int i = 0; i < COUNT; i++)
            blocks[i] = sim_alloc_take(&alloc, SIZE);
        if (round == 0)
            memcpy(first, blocks, sizeof first);
        assert_memory_equal(blocks, first, sizeof first);
        for (int i = 0; i < COUNT; i++)
            sim_alloc_give(&alloc, blocks[i * STRIDE % COUNT], SIZE);
    }
    assert_non_null(alloc.empty_slabs);
    sim_alloc_free(&alloc, held);
    assert_null(alloc.empty_slabs);
}

static bool is_real(char *page, size_t size)
{
    unsigned char there = 0;
    assert_int_equal(mincore(page, size, &there), 0);
    return there & 1;
}

static void memory_is_made_real_by_another_thread(void **state)
{
    (void)state;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    struct sim_alloc alloc;
    sim_alloc_init(&alloc);
    char *region = sim_alloc_reserve(&alloc, REGION_BYTES);
    assert_int_equal(sim_alloc_commit(&alloc, region, REGION_BYTES), 0);
    if (madvise(region, page, MADV_POPULATE_WRITE) != 0)
        skip(); /* the system takes no such hint */
    assert_false(is_real(region + REGION_BYTES - page, page));
    sim_alloc_ahead(&alloc, region, REGION_BYTES);
    while (!is_real(region + REGION_BYTES - page, page))
        (void)sched_yield();
    sim_alloc_unreserve(&alloc, region, REGION_BYTES);
}

static void reserved_memory_is_real_once_committed(void **state)
{
    (void)state;
    struct sim_alloc alloc;
    sim_alloc_init(&alloc);
    char *region = sim_alloc_reserve(&alloc, 4 * REGION_BYTES);
    assert_non_null(region);
    assert_int_equal(sim_alloc_commit(&alloc, region, REGION_BYTES), 0);
    region[REGION_BYTES - 1] = 'x';
    assert_int_equal(alloc.live_blocks, 1);
    sim_alloc_unreserve(&alloc, region, 4 * REGION_BYTES);
    sim_alloc_unreserve(&alloc, NULL, REGION_BYTES);
    assert_int_equal(alloc.live_blocks, 0);
}

static void more_than_the_machine_has_is_refused(void **state)
{
    (void)state;
    struct sim_alloc alloc;
    sim_alloc_init(&alloc);
    assert_null(sim_alloc_reserve(&alloc, (size_t)1 << 60));
    assert_int_equal(alloc.live_blocks, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_handed_out_is_counted_until_it_is_back),
        cmocka_unit_test(each_way_to_memory_fails_when_it_is_told_to),
        cmocka_unit_test(blocks_that_are_given_back_are_taken_again),
        cmocka_unit_test(many_small_blocks_are_apart),
        cmocka_unit_test(blocks_are_laid_out_anew_when_all_are_back),
        cmocka_unit_test(memory_that_is_made_real_ahead_keeps_what_is_written),
        cmocka_unit_test(memory_is_made_real_by_another_thread),
        cmocka_unit_test(reserved_memory_is_real_once_committed),
        cmocka_unit_test(more_than_the_machine_has_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
