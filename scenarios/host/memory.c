/* The budget of memory: what the script's objects take is counted where the interpreter gets it
 * from.
 *
 * A limit of the system's would count what no script asked for (stacks of threads, address space
 * that is only reserved), and it would be found out by a MemoryError that the script can catch.
 * Counted here, a run ends at the same object each time, and a MemoryError is always the script's
 * own: it asked for more at once than any usual machine has.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, MAP_POPULATE */
#include "script.h"

#include <malloc.h>
#include <sys/mman.h>

/* A request from here on fails as it does under python3, instead of ending the run. */
#define ABSURD_BYTES ((size_t)1 << 36)

static struct host *host_of_memory(struct host_memory *memory)
{
    return (struct host *)(void *)((char *)memory - offsetof(struct host, memory));
}

/* Whether so much more fits into the budget.  If not, the run ends here; but nothing can be
 * written without the interpreter's lock, and whoever asks without it is refused. */
static bool fits(struct host_memory *memory, size_t bytes)
{
    if (memory->used_bytes + (int64_t)bytes <= memory->budget_bytes)
        return true;
    if (PyGILState_Check()) {
        memory->budget_bytes = INT64_MAX; /* what it takes to end */
        struct host *host = host_of_memory(memory);
        PyErr_Clear();
        host_end_on_error(host, host->running, SIM_EMEMORY);
    }
    return false;
}

static void *counted(struct host_memory *memory, void *block)
{
    memory->used_bytes += (int64_t)malloc_usable_size(block);
    return block;
}

/* --- blocks ----------------------------------------------------------------------------------- */

static void *take(void *context, size_t size)
{
    struct host_memory *memory = context;
    return size >= ABSURD_BYTES || fits(memory, size)
               ? counted(memory, memory->blocks.malloc(memory->blocks.ctx, size))
               : NULL;
}

static void *take_zeroed(void *context, size_t count, size_t size)
{
    struct host_memory *memory = context;
    return (size > 0 && count >= ABSURD_BYTES / size) || fits(memory, count * size)
               ? counted(memory, memory->blocks.calloc(memory->blocks.ctx, count, size))
               : NULL;
}

static void *resize(void *context, void *block, size_t size)
{
    struct host_memory *memory = context;
    size_t before = malloc_usable_size(block);
    if (size < ABSURD_BYTES && size > before && !fits(memory, size - before))
        return NULL;
    void *resized = memory->blocks.realloc(memory->blocks.ctx, block, size);
    if (resized)
        memory->used_bytes -= (int64_t)before;
    return counted(memory, resized);
}

static void give_back(void *context, void *block)
{
    struct host_memory *memory = context;
    memory->used_bytes -= (int64_t)malloc_usable_size(block);
    memory->blocks.free(memory->blocks.ctx, block);
}

/* --- arenas, of which small objects are made -------------------------------------------------- */

/* They are made real at once, in one call, which costs less than their page faults.  One that is
 * given back waits for the next that needs one; its first word says which waits behind it. */
struct spare_arena {
    struct spare_arena *next;
};

enum { ARENA_BYTES = 1 << 20 }; /* an arena of CPython 3.11's */

static void *take_usual_arena(struct host_memory *memory)
{
    struct spare_arena *spare = memory->spare_arenas;
    if (spare) {
        memory->spare_arenas = spare->next;
        return spare;
    }
    void *arena = mmap(NULL, ARENA_BYTES, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    return arena != MAP_FAILED ? arena : NULL;
}

static void *take_arena(void *context, size_t size)
{
    struct host_memory *memory = context;
    void *arena = NULL;
    if (fits(memory, size))
        arena = size == ARENA_BYTES ? take_usual_arena(memory)
                                    : memory->arenas.alloc(memory->arenas.ctx, size);
    memory->used_bytes += arena ? (int64_t)size : 0;
    return arena;
}

static void give_back_arena(void *context, void *arena, size_t size)
{
    struct host_memory *memory = context;
    memory->used_bytes -= (int64_t)size;
    if (size != ARENA_BYTES) {
        memory->arenas.free(memory->arenas.ctx, arena, size);
        return;
    }
    struct spare_arena *spare = arena;
    spare->next = memory->spare_arenas;
    memory->spare_arenas = spare;
}

void host_memory_limit(struct host *host, int64_t budget_bytes)
{
    struct host_memory *memory = &host->memory;
    memory->budget_bytes = budget_bytes > 0 ? budget_bytes : INT64_MAX;
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &memory->blocks);
    PyObject_GetArenaAllocator(&memory->arenas);
    PyMemAllocatorEx blocks = {memory, take, take_zeroed, resize, give_back};
    PyObjectArenaAllocator arenas = {memory, take_arena, give_back_arena};
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &blocks);
#ifdef __SANITIZE_ADDRESS__ /* these pass it by, too */
    PyMem_SetAllocator(PYMEM_DOMAIN_MEM, &blocks);
    PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &blocks);
#endif
    PyObject_SetArenaAllocator(&arenas);
}
