/* What the files of the host share: the state of the module, and its objects.
 *
 * Invariants:
 *  - There is one struct host, the state of the module `asyncio`; everything finds it through its
 *    type, its loop or the module, and nothing else is global.
 *  - An object of Python's embeds its object of the scheduler: one reference count, one life.  A
 *    future, task or gather has its sim_future right behind struct host_face; a sleep has it in
 *    struct host_sleep.
 *  - A face whose sim_future has no loop was never initialised, and only waits to be freed.
 */
#ifndef HOST_STATE_H
#define HOST_STATE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>

#include "host.h"
#include "sim/combine.h"
#include "sim/coro.h"
#include "sim/future.h"
#include "sim/loop.h"
#include "sim/sleep.h"
#include "sim/task.h"

/* Tables of types and methods hold functions as object pointers, which ISO C has no words for. */
#define HOST_SLOT(slot, function)                                                                  \
    {                                                                                              \
        (slot), __extension__(void *)(function)                                                    \
    }
#define HOST_METHOD(function) ((PyCFunction)(void (*)(void))(function))
/* What inspect.signature and help say of a function or class: "name(arguments)", a sentence. */
#define HOST_DOC(signature, sentence) PyDoc_STR(signature "\n--\n\n" sentence)
#define HOST_KEYWORDS (METH_FASTCALL | METH_KEYWORDS)

struct host_loop {
    PyObject_HEAD
    PyObject *dict, *weakrefs;
    struct sim_loop loop;
    PyObject *exception_handler, *task_factory; /* NULL: none */
    PyObject *asyncgens;                        /* dict: address -> weak reference, in order */
    PyObject *default_executor;                 /* NULL: none yet */
    double slow_callback_s;                     /* how long a callback may block, in debug mode */
    int plain_origin_depth;                     /* see host_loop_track_origins */
    bool running, closed, debug, asyncgens_shut_down, executor_shut_down, tracks_origins;
};

/* A line of a file; `file` is a text id. */
struct host_line {
    uint32_t number, file;
};

struct host_face {
    PyObject_HEAD
    PyObject *dict, *weakrefs;
    PyObject *traceback;        /* the exception's, as it was when the future ended */
    PyObject *source_traceback; /* where it was made; NULL if not in debug mode */
    bool blocking;              /* asyncio's mark: it was yielded by await */
    bool quiet;                 /* it may be destroyed while pending without a warning */
};

struct host_future {
    struct host_face face;
    struct sim_future future;
};

struct host_task {
    struct host_face face;
    struct sim_task task;
    struct sim_coro coro;
    PyObject *coroutine, *context;
    PyObject *name;        /* NULL: that of `number`, or it was never initialised */
    uint64_t number;       /* N of the name Task-N that asyncio gave it */
    PyObject *awaited;     /* what it yielded last, until it is resumed */
    struct host_line line; /* of the last LINE event */
};

struct host_gather {
    struct host_face face;
    struct sim_gather gather;
};

_Static_assert(offsetof(struct host_task, task) == offsetof(struct host_future, future) &&
                   offsetof(struct host_gather, gather) == offsetof(struct host_future, future),
               "every face has its future at the same place");

/* A place in a file of CPython's own asyncio: a function by its qualified name, and what stands in
 * the line, that often before; text NULL: where it is defined.  file NULL: none. */
struct host_place {
    const char *file, *function, *text;
    int before;
};
#define HOST_PLACE(file_, function_, text_)                                                        \
    {                                                                                              \
        .file = (file_), .function = (function_), .text = (text_)                                  \
    }

/* A coroutine that is written in C.  `step` gets the value that was sent, or NULL with an exception
 * set, and answers like PyIter_Send; `awaiting` is resumed in its place while there is one. */
struct host_coro;
struct host_coro_ops {
    const char *name, *qualname;
    PySendResult (*step)(struct host_coro *coro, PyObject *value, PyObject **result);
    struct host_place place; /* where it waits in CPython */
    /* The same where that depends on how far it is, or it raises elsewhere; NULL: `place`. */
    const struct host_place *(*where)(const struct host_coro *coro, bool raises);
    /* For cr_await, while `awaiting` is NULL: a new reference; NULL: nothing is awaited. */
    PyObject *(*awaits)(const struct host_coro *coro);
};

enum { HOST_CORO_NEW, HOST_CORO_SUSPENDED, HOST_CORO_DONE };

struct host_coro {
    PyObject_HEAD
    PyObject *weakrefs;
    const struct host_coro_ops *ops;
    PyObject *self, *awaiting;
    PyObject *local; /* a variable of the step's */
    uint8_t state;
    uint8_t place; /* where `step` goes on */
    bool running;
};

/* asyncio.sleep(): the coroutine, its future and its timer in one. */
struct host_sleep {
    struct host_coro coro;
    PyObject *delay, *result;
    struct sim_sleep sleep; /* its future has no loop before the sleep began */
};

struct host_handle {
    PyObject_HEAD
    PyObject *weakrefs;
    PyObject *loop, *callback, *args, *context; /* callback and args are NULL once cancelled */
    PyObject *source_traceback;                 /* where it was made; NULL if not in debug mode */
    PyObject *shown; /* what it was like before it was cancelled in debug mode */
    struct sim_handle handle;
    bool cancelled;
};

/* A done callback: the argument of a sim_callback. */
struct host_callback {
    PyObject_HEAD
    PyObject *function, *context;
};

/* Objects that are kept for reuse; each keeps its reference to its type. */
struct host_pool {
    PyObject *items[256];
    int count;
};

/* What the script's objects take, and may take. */
struct host_memory {
    PyMemAllocatorEx blocks; /* Python's own */
    PyObjectArenaAllocator arenas;
    struct spare_arena *spare_arenas; /* given back */
    int64_t used_bytes, budget_bytes;
};

/* When cycles are collected. */
struct host_collector {
    PyObject *get_threshold, *set_threshold; /* the real ones */
    int64_t collect_at_bytes;                /* of the script's memory */
    bool chosen;                             /* the thresholds are the script's */
};

/* The list comprehension whose items were named last. */
struct host_naming {
    PyObject *list; /* NULL: none */
    Py_ssize_t index;
    uint64_t at_event;
};

struct host_clock {
    PyObject *localtime, *gmtime, *ctime, *asctime, *strftime; /* the real ones */
};

struct host {
    struct sim_world world;
    struct sim_alloc alloc;
    struct sim_guest guest;
    PyObject *module;
    PyTypeObject *future_type, *task_type, *gather_type, *future_iter_type;
    PyTypeObject *coro_type, *sleep_type, *callback_type, *handle_type, *timer_handle_type;
    PyTypeObject *abstract_loop_type, *loop_type, *soon_type, *ordered_set_type, *output_type;
    PyTypeObject *marker_type, *lock_type, *rlock_type;
    PyTypeObject *timeout_type, *as_completed_type, *completed_type;
    PyObject *locking_bases;              /* of what has acquire() and release(): a tuple */
    PyTypeObject *sync_type, *mutex_type; /* of all locks and the like; asyncio.Lock */
    PyTypeObject *semaphore_type, *condition_type, *barrier_type, *queue_type;
    PyTypeObject *operation_types[2]; /* for small frames and for large ones */
    PyObject *cancelled_error, *invalid_state_error, *broken_barrier_error;
    PyObject *queue_empty, *queue_full;
    PyObject *str_throw, *str_close, *str_cancel, *str_acquire;
    PyObject *is_coroutine;    /* asyncio's marker on functions */
    struct host_loop *running; /* NULL: none */
    PyObject *policy;          /* the script's, or the default one as an object; NULL: plain */
    PyObject *policy_loop;     /* what get_event_loop() gives outside a run, if it is plain */
    bool policy_set;
    PyObject *fatal; /* SystemExit or KeyboardInterrupt on its way out of the loop */
    /* Of loops whose current task the script named: that task, or None.  NULL: of none. */
    PyObject *entered;
    PyObject *registered, *unregistered; /* tasks, by the script: WeakSets; NULL: none */
    uint64_t names_given;
    struct host_pool sleeps, future_iters, operations[2];
    struct host_clock clock;
    struct host_memory memory;
    struct host_collector collector;
    struct host_naming naming;
    size_t inspect_records;       /* see struct scn_host_options */
    PyObject *raised;             /* while inspecting: what a task raised last, */
    uint32_t raised_by;           /* and its number */
    struct host_line line;        /* of the last LINE event outside any task */
    struct sim_mutex interpreter; /* the lock of CPython's interpreter, for what computes */
    int64_t computed_ns;          /* by the thread that runs */
    bool own_interpreter;         /* it is a process */
    PyObject *script;             /* its path, as __file__ */
    PyObject *directory;          /* of the script, with a slash at the end */
    PyObject *plain_get_code;     /* importlib's SourceFileLoader.get_code */
    PyObject *stdout_buffer, *stderr_buffer;
    PyObject *plain_write;  /* io.BufferedWriter.write */
    const char *changing;   /* the module that is being changed (changes.c); NULL: none */
    PyObject *main_name;    /* of the main thread */
    PyObject *surface;      /* the module of surface.py, NULL: not needed yet */
    PyObject *places;       /* the module of places.py, NULL: not needed yet */
    PyObject *places_known; /* dict: address of a struct host_place -> what is known of it */
    PyObject *copies;       /* the module of copies.py, NULL: not needed yet */
    PyObject *conditions;   /* the module of conditions.py, NULL: not needed yet */
    PyObject *pools;        /* the module of thread_pools.py, NULL: not needed yet */
};

extern struct PyModuleDef host_module_def;

/* --- finding ---------------------------------------------------------------------------------- */

static inline struct host *host_of_loop(const struct sim_loop *loop)
{
    return loop->world->guest_user;
}

/* Of an object of a type that cannot be subclassed / of a type that may be. */
static inline struct host *host_of(PyObject *self)
{
    return PyType_GetModuleState(Py_TYPE(self));
}
struct host *host_of_type(PyTypeObject *type);

static inline struct host_loop *host_loop_of(const struct sim_loop *loop)
{
    return (struct host_loop *)(void *)((char *)(uintptr_t)loop - offsetof(struct host_loop, loop));
}

static inline struct sim_future *host_future_of(PyObject *face)
{
    return &((struct host_future *)(void *)face)->future;
}

/* The object that a future lives in, borrowed. */
static inline PyObject *host_object_of(const struct sim_future *future)
{
    size_t offset = future->kind == SIM_AWAIT_SLEEP ? offsetof(struct host_sleep, sleep)
                                                    : offsetof(struct host_future, future);
    return (PyObject *)(void *)((char *)(uintptr_t)future - offset);
}

static inline PyObject *host_object_of_handle(const struct sim_handle *handle)
{
    size_t offset = offsetof(struct host_handle, handle);
    return (PyObject *)(void *)((char *)(uintptr_t)handle - offset);
}

static inline struct host_task *host_task_of(const struct sim_task *task)
{
    return (struct host_task *)(void *)host_object_of(&task->future);
}

static inline bool host_is_future(const struct host *host, PyObject *object)
{
    return PyObject_TypeCheck(object, host->future_type);
}

/* --- arguments (args.c) ----------------------------------------------------------------------- */

/* The parameters of a function: their names (up to 4), of which the first `positional` may be given
 * by position and the first `required` must be there.  In a function with a dot in its name
 * messages count self. */
struct host_signature {
    const char *function;
    const char *names[4];
    int positional, required;
};

/* Sorts a call's arguments by parameter into `out`, borrowed, NULL where one is missing.  False
 * with TypeError. */
bool host_args(const struct host_signature *signature, PyObject *const *args, Py_ssize_t count,
               PyObject *keywords, PyObject **out);
/* The same for tp_init and tp_new. */
bool host_init_args(const struct host_signature *signature, PyObject *args, PyObject *keywords,
                    PyObject **out);

/* --- memory (pool.c) -------------------------------------------------------------------------- */

/* An object of `type`, zeroed behind its head and not tracked by the collector, from the pool if
 * there is one.  NULL with MemoryError. */
void *host_pool_take(struct host_pool *pool, PyTypeObject *type);
/* Gives back an object whose members were cleared, untracked. */
void host_pool_give(struct host_pool *pool, PyObject *object);

/* Visits and drops what a future holds: for tp_traverse and tp_clear of what embeds it. */
int host_future_visit(const struct sim_future *future, visitproc visit, void *arg);
/* Visits what a callback holds. */
int host_callback_visit(const struct sim_callback *callback, visitproc visit, void *arg);

/* --- parts of the module; each makes its types or functions, and returns -1 with an exception --
 */

int host_errors_setup(struct host *host);
int host_future_setup(struct host *host);
int host_task_setup(struct host *host);
int host_gather_setup(struct host *host);
int host_coro_setup(struct host *host);
int host_sleep_setup(struct host *host);
int host_handle_setup(struct host *host);
int host_loop_setup(struct host *host);
int host_soon_setup(struct host *host);
int host_ordered_set_setup(struct host *host);
int host_clock_setup(struct host *host);
int host_collector_setup(struct host *host);
int host_machine_setup(struct host *host);
int host_output_setup(struct host *host);
int host_aio_setup(struct host *host);
int host_current_setup(struct host *host);
int host_run_setup(struct host *host);
int host_random_setup(struct host *host);
int host_changes_setup(struct host *host);
int host_lines_setup(struct host *host);
int host_thread_setup(struct host *host);
int host_locks_setup(struct host *host);
int host_wait_setup(struct host *host);
int host_as_completed_setup(struct host *host);
int host_shield_setup(struct host *host);
int host_timeout_setup(struct host *host);
int host_group_setup(struct host *host);

/* Makes a type of the module from a spec, and adds it under its name if it is public.  `bases` is
 * its base, a tuple of them, or NULL. */
PyTypeObject *host_type_new(struct host *host, PyType_Spec *spec, void *bases, bool public);

/* Makes the module and puts it where scripts import it from; NULL with an exception. */
struct host *host_module_new(const struct scn_host_options *options);

#endif
