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
#define HOST_KEYWORDS (METH_FASTCALL | METH_KEYWORDS)

struct host_loop {
    PyObject_HEAD
    PyObject *dict, *weakrefs;
    struct sim_loop loop;
    PyObject *exception_handler, *task_factory; /* NULL: none */
    PyObject *asyncgens;                        /* dict: address -> weak reference, in order */
    PyObject *default_executor;                 /* NULL: none yet */
    double slow_callback_s;                     /* how long a callback may block, in debug mode */
    bool running, closed, debug, asyncgens_shut_down, executor_shut_down;
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
    PyObject *coroutine, *name, *context;
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

/* A coroutine that is written in C.  `step` gets the value that was sent, or NULL with an exception
 * set, and answers like PyIter_Send; `awaiting` is resumed in its place while there is one. */
struct host_coro;
struct host_coro_ops {
    const char *name, *qualname;
    PySendResult (*step)(struct host_coro *coro, PyObject *value, PyObject **result);
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
    PyTypeObject *abstract_loop_type, *loop_type, *ordered_set_type, *output_type;
    PyTypeObject *marker_type, *lock_type, *rlock_type;
    PyTypeObject *timeout_type, *as_completed_type;
    PyTypeObject *sync_type, *mutex_type; /* of all locks and the like; asyncio.Lock */
    PyTypeObject *semaphore_type, *condition_type, *queue_type;
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
    uint64_t names_given;
    struct host_pool sleeps, future_iters, operations[2];
    struct host_clock clock;
    struct host_line line;        /* of the last LINE event outside any task */
    struct sim_mutex interpreter; /* the lock of CPython's interpreter, for what computes */
    int64_t computed_ns;          /* by the thread that runs */
    bool own_interpreter;         /* it is a process */
    PyObject *directory;          /* of the script, with a slash at the end */
    PyObject *plain_get_code;     /* importlib's SourceFileLoader.get_code */
    PyObject *stdout_buffer, *stderr_buffer;
    PyObject *plain_write; /* io.BufferedWriter.write */
    bool seeding;          /* the module random is being imported */
    PyObject *main_name;   /* of the main thread */
    PyObject *surface;     /* the module of surface.py, NULL: not needed yet */
    PyObject *pools;       /* the module of thread_pools.py, NULL: not needed yet */
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
int host_ordered_set_setup(struct host *host);
int host_clock_setup(struct host *host);
int host_output_setup(struct host *host);
int host_aio_setup(struct host *host);
int host_run_setup(struct host *host);
int host_random_setup(struct host *host);
int host_lines_setup(struct host *host);
int host_thread_setup(struct host *host);
int host_locks_setup(struct host *host);
int host_wait_setup(struct host *host);
int host_as_completed_setup(struct host *host);
int host_shield_setup(struct host *host);
int host_timeout_setup(struct host *host);
int host_group_setup(struct host *host);

/* Makes a type of the module from a spec, with one base or NULL, and adds it under its name. */
PyTypeObject *host_type_new(struct host *host, PyType_Spec *spec, PyTypeObject *base, bool public);

/* Makes the module and puts it where scripts import it from; NULL with an exception. */
struct host *host_module_new(const struct scn_host_options *options);

/* --- what the topics offer each other --------------------------------------------------------- */

/* guest.c: how the scheduler treats Python's values. */
void host_guest_init(struct sim_guest *guest);
/* Remembers SystemExit or KeyboardInterrupt, which is set, to be raised out of the loop. */
void host_fatal(struct host *host, struct sim_loop *loop);
/* The exception that is set, which is no longer set then: a new reference, its traceback in it. */
PyObject *host_take_error(void);
bool host_is_fatal(void); /* whether the exception that is set is one of them */

/* describe.c: the text id of a value in the trace; never runs code of the script. */
uint32_t host_describe(struct sim_world *world, sim_value value, enum sim_flag_outcome outcome);
/* The text id that names a callback: its qualified name. */
uint32_t host_describe_callable(struct sim_world *world, PyObject *callable);

/* future.c */
PyObject *host_future_new(struct host_loop *loop);
int host_face_init(PyObject *self, struct host_loop *loop);
void host_face_dealloc(PyObject *self);
int host_face_traverse(PyObject *self, visitproc visit, void *arg);
void host_face_clear(PyObject *self);
/* Around a cancel(): its answer, or RecursionError if it was passed on too often. */
void host_cancel_begin(struct sim_world *world);
PyObject *host_cancel_end(const struct sim_world *world, bool took);
/* For the scheduler: an exception was set / is about to be raised by an await. */
void host_future_failed(struct sim_future *future);
void host_future_raising(struct sim_future *future);
/* Future.result(): a new reference, or NULL with the exception. */
PyObject *host_future_result(PyObject *self);
/* Sets the CancelledError of a cancelled future. */
void host_future_raise_cancelled(PyObject *self);
/* The loop of loop=, or the current one: a new reference, NULL with an exception. */
struct host_loop *host_loop_argument(struct host *host, PyObject *loop);
extern PyMethodDef host_future_methods[];

/* future_attributes.c */
extern PyGetSetDef host_future_getset[];

/* future_iter.c */
int host_future_iter_setup(struct host *host);
PyObject *host_future_await(PyObject *self);

/* callback.c: done callbacks. */
int host_callback_setup(struct host *host);
PyObject *host_add_done_callback(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                 PyObject *keywords);
PyObject *host_remove_done_callback(PyObject *self, PyObject *function);
PyObject *host_callbacks_list(PyObject *self);

/* step.c: a future of a class of the script's that overrides add_done_callback() is told that it is
 * waited for; false with an exception.  The scheduler itself adds the callback: what the future is
 * given only stands for it, and host_is_wakeup() knows that. */
bool host_tell_future(const struct host *host, PyObject *future);
bool host_is_wakeup(PyObject *function);
/* task.c, step.c */
extern const struct sim_coro_ops host_task_coro_ops;
PyObject *host_task_new(struct host_loop *loop, PyObject *coroutine, PyObject *name,
                        PyObject *context, enum sim_flag_task named);
PyObject *host_current_task(struct host_loop *loop);
PyObject *host_all_tasks(struct host *host, struct host_loop *loop);

/* stack.c */
PyObject *host_task_get_stack(PyObject *self, PyObject *const *args, Py_ssize_t count,
                              PyObject *keywords);
PyObject *host_task_print_stack(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                PyObject *keywords);

/* coroutine.c */
PyObject *host_coro_new(struct host *host, const struct host_coro_ops *ops, PyObject *self);
/* For a step: awaits an object, going on at `place` when it is done. */
PySendResult host_coro_await(struct host_coro *coro, PyObject *awaitable, uint8_t place,
                             PyObject **result);
PySendResult host_coro_send(PyObject *self, PyObject *value, PyObject **result);
PyObject *host_coro_next(PyObject *self);
PyObject *host_coro_close(PyObject *self, PyObject *unused);
PyObject *host_coro_self(PyObject *self);
void host_coro_warn(struct host_coro *coro);
extern PyMethodDef host_coro_methods[];
extern PyGetSetDef host_coro_getset[];

/* aio.c: coroutines and futures told apart, ensure_future, create_task */
bool host_is_coroutine(struct host *host, PyObject *object); /* clears errors */
PyObject *host_ensure_future(struct host *host, PyObject *object, struct host_loop *loop);

/* gather.c: of `count` awaitables, more than none */
PyObject *host_gather(struct host *host, PyObject *const *args, Py_ssize_t count,
                      bool return_exceptions);

/* group.c: what the scheduler asks about the errors of a task group. */
sim_value host_exception_group(struct sim_world *world, const sim_value *errors, uint32_t count);
bool host_is_base_error(struct sim_world *world, sim_value exception);
void host_lost_error(struct sim_task *task, struct sim_task *parent, sim_value exception);

/* ordered_set.c: set.add of the sets that iterate in order; -1 with an exception. */
int host_ordered_set_add(PyObject *set, PyObject *item);

/* loop.c, loop_run.c */
int host_loop_check_open(const struct host_loop *loop);
struct host_loop *host_loop_new(struct host *host, PyTypeObject *type);
PyObject *host_loop_create_task(struct host_loop *loop, PyObject *coroutine, PyObject *name,
                                PyObject *context, enum sim_flag_task named);
extern PyMethodDef host_loop_run_methods[];
/* loop_surface.c */
extern PyMethodDef host_abstract_loop_methods[], host_loop_refused_methods[];
PyObject *host_loop_run_until_complete(struct host_loop *loop, PyObject *future);
PyObject *host_loop_run_forever(struct host_loop *loop);
int host_loop_close(struct host_loop *loop);
PyObject *host_loop_shutdown_asyncgens(PyObject *self, PyObject *unused);
PyObject *host_loop_shutdown_default_executor(PyObject *self, PyObject *unused);

/* handle.c */
PyObject *host_handle_new(struct host_loop *loop, bool timer, PyObject *callback, PyObject *args,
                          PyObject *context);
/* Runs a callback in its context; its exception goes to the loop's exception handler. */
void host_call(struct sim_loop *loop, PyObject *callback, PyObject *args, PyObject *context,
               PyObject *handle);

/* handler.c: the exception handler of loops. */
extern PyMethodDef host_handler_methods[];
/* call_exception_handler with what is known; any object may be NULL.  Steals nothing, keeps the
 * exception that is set. */
void host_report(struct host_loop *loop, const char *message, PyObject *exception, const char *what,
                 PyObject *object);
/* The same for a future of ours, which says where it was made if it knows. */
void host_report_face(PyObject *face, const char *message, PyObject *exception, const char *what);
int host_call_exception_handler(struct host_loop *loop, PyObject *context);

/* debug.c: says in debug mode that a callback blocked the loop for too long. */
void host_blocked(struct sim_loop *loop, const struct sim_ready *entry, int64_t duration_ns);

/* repr.c */
PyObject *host_future_repr(PyObject *self);
PyObject *host_task_repr(PyObject *self);
PyObject *host_format_callback(PyObject *function, PyObject *args);

/* clock.c */
int64_t host_ns_of_seconds(double seconds);
double host_seconds_of_ns(int64_t ns);
/* loop.time() + delay in nanoseconds; false with an exception. */
bool host_deadline(const struct sim_world *world, PyObject *delay, int64_t *deadline_ns);

/* Replaces a function of a module by one of ours. */
int host_replace(struct host *host, PyObject *target, PyMethodDef *method);

/* thread.c: the name of the thread that runs, borrowed. */
PyObject *host_thread_current_name(const struct host *host);

/* thread_wait.c: how many threads wait for each other, the main thread among them, and a line on
 * stderr for each. */
uint32_t host_threads_stuck(const struct host *host);
void host_threads_report(struct host *host);

/* thread_pools.c: pools of threads and processes, and asyncio's functions for them. */
extern PyMethodDef host_pool_loop_methods[];
/* A function of asyncio that works on threads: a new reference, NULL with AttributeError. */
PyObject *host_pools_attribute(struct host *host, const char *name);
/* Whether code is that of thread_pools.py, and not the script's. */
bool host_is_ours(const PyCodeObject *code);
/* The script is about to import a module: those that wait for threads are ours. */
void host_pools_import(struct host *host, const char *module);
/* The coroutine loop.shutdown_default_executor() of a loop that has an executor. */
PyObject *host_pools_shutdown(struct host_loop *loop);

/* run.c: asyncio.run and the current loop. */
struct host_loop *host_current_loop(struct host *host); /* get_event_loop(): new reference */
/* Cancels a loop's tasks, and ends its generators and its executor; -1 with an exception. */
int host_run_shut_down(struct host *host, struct host_loop *loop);

/* embedded.c: a part of the host that is written in Python.  It sees the functions `helpers`, whose
 * self is the module asyncio.  A new module, NULL with an exception. */
struct host_embedded {
    const char *module, *file, *source;
    PyMethodDef *helpers;
};
PyObject *host_embedded_run(struct host *host, const struct host_embedded *part);

/* surface.c: a name of asyncio that is not in the module yet, which it is added to: a new
 * reference, NULL with AttributeError. */
PyObject *host_surface_attribute(struct host *host, PyObject *name);
/* The script is about to import asyncio.NAME. */
void host_surface_import(struct host *host, const char *name);

/* script.c: runs the script as __main__, ends the trace and gives the exit code. */
int host_script_run(struct host *host, const struct scn_host_options *options);

/* deadlock.c: says on stderr who waits for what, for ever. */
void host_deadlock_report(struct host *host, const struct host_loop *loop);

/* end.c: runs that end from within. */
void host_flush(void);
/* Ends the process if a budget is used up or the loop answered with an error; otherwise returns. */
void host_end_on_error(struct host *host, struct host_loop *loop, int error);
/* Whether the trace or the world remembers a host failure. */
static inline int host_error(const struct host *host)
{
    return host->world.error < 0 ? host->world.error
           : host->world.trace   ? host->world.trace->error
                                 : 0;
}

#endif
