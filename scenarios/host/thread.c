/* The functions of the module _thread that start threads, and the passing of the baton. */
#include "thread.h"
#include "script.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>

/* The stack of a thread; memory becomes real as it is used. */
#define STACK_BYTES ((size_t)8 << 20)

struct host_thread {
    struct sim_thread thread; /* first */
    struct host *host;
    sem_t go, back; /* the baton comes / went back */
    PyObject *function, *args, *keywords, *name;
    PyObject *sentinel;    /* the lock that threading joins by, NULL: none */
    PyThreadState *python; /* once it runs */
    struct host_thread_own own;
    bool ended;
};

static struct host_thread *thread_of(const struct sim_thread *thread)
{
    return (struct host_thread *)(void *)(uintptr_t)thread;
}

static struct host *host_of_module(PyObject *module)
{
    return PyModule_GetState(module);
}

PyObject *host_thread_name(const struct sim_thread *thread)
{
    return thread_of(thread)->name;
}

struct _frame *host_thread_frame(const struct sim_thread *thread)
{
    return PyThreadState_GetFrame(thread_of(thread)->python);
}

/* --- the baton -------------------------------------------------------------------------------- */

static void wait_for(sem_t *semaphore)
{
    while (sem_wait(semaphore) != 0) /* a signal came */
        ;
}

static int wait_without_lock(sem_t *semaphore)
{
    PyThreadState *state = PyEval_SaveThread();
    int error = sem_wait(semaphore);
    PyEval_RestoreThread(state);
    return error;
}

/* Ends the thread that has the baton, wherever its function is: the main thread is wanted. */
static void end_runner(const struct host *host)
{
    const struct sim_thread *runner = host->world.threads.current;
    if (runner)
        PyThreadState_SetAsyncExc(thread_of(runner)->python->thread_id, PyExc_SystemExit);
}

/* Waits without the interpreter's lock.  Signals are the main thread's, also while another one has
 * the baton and may keep it for ever: what they ask for is done here.  Ctrl-C is for the main
 * thread as soon as it has the baton again, which it gets by it. */
static void wait_and_serve(const struct host *host, sem_t *semaphore)
{
    while (wait_without_lock(semaphore) != 0) {
        if (PyOS_InterruptOccurred()) {
            end_runner(host);
            PyErr_SetInterrupt();
        } else if (Py_MakePendingCalls() < 0) {
            PyErr_Clear();
        }
    }
}

/* Leaves signals to the main thread, but those that a thread's own fault raises. */
static void block_signals(void)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP};
    sigset_t signals;
    sigfillset(&signals);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        sigdelset(&signals, faults[i]);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
}

static struct host_thread_own swap_own(struct host *host, struct host_thread_own own)
{
    struct host_thread_own old = {host->running,        host->policy_loop, host->fatal,
                                  host->line,           host->computed_ns, host->policy_set,
                                  host->own_interpreter};
    host->running = own.running;
    host->policy_loop = own.policy_loop;
    host->fatal = own.fatal;
    host->line = own.line;
    host->computed_ns = own.computed_ns;
    host->policy_set = own.policy_set;
    host->own_interpreter = own.own_interpreter;
    return old;
}

static void free_thread(struct host_thread *self)
{
    sem_destroy(&self->go);
    sem_destroy(&self->back);
    Py_XDECREF(self->function);
    Py_XDECREF(self->args);
    Py_XDECREF(self->keywords);
    Py_XDECREF(self->name);
    Py_XDECREF(self->own.policy_loop);
    free(self);
}

static void resume(struct sim_thread *thread)
{
    struct host_thread *self = thread_of(thread);
    struct host *host = self->host;
    struct host_thread_own lender = swap_own(host, self->own);
    sem_post(&self->go);
    wait_and_serve(host, &self->back);
    self->own = swap_own(host, lender);
    if (self->ended)
        free_thread(self);
}

static void give_back(struct sim_thread *thread)
{
    struct host_thread *self = thread_of(thread);
    sem_post(&self->back);
    wait_and_serve(self->host, &self->go);
}

static const struct sim_thread_ops ops = {.resume = resume, .pause = give_back};

/* --- a thread's life -------------------------------------------------------------------------- */

static void call_function(const struct host_thread *self)
{
    PyObject *result = PyObject_Call(self->function, self->args, self->keywords);
    if (!result && PyErr_ExceptionMatches(PyExc_SystemExit))
        PyErr_Clear();
    else if (!result)
        _PyErr_WriteUnraisableMsg("in thread started by", self->function);
    Py_XDECREF(result);
}

static void *live(void *arg)
{
    struct host_thread *self = arg;
    block_signals();
    wait_for(&self->go);
    self->python = PyThreadState_New(PyInterpreterState_Main());
    PyEval_AcquireThread(self->python);
    call_function(self);
    PyThreadState_Clear(self->python); /* drops what the thread kept for itself */
    if (self->sentinel)
        host_lock_open(self->sentinel);
    Py_CLEAR(self->sentinel);
    sim_thread_end(&self->thread);
    self->ended = true;
    PyThreadState_DeleteCurrent();
    sem_post(&self->back);
    return NULL;
}

/* What threading.stack_size() was told. */
static size_t stack_bytes(void)
{
    size_t size = PyThread_get_stacksize();
    return size > 0 ? size : STACK_BYTES;
}

static bool spawn(struct host_thread *self)
{
    pthread_attr_t attributes;
    pthread_t thread;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    int error = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    if (error == 0)
        error = pthread_attr_setstacksize(&attributes, stack_bytes());
    if (error == 0)
        error = pthread_create(&thread, &attributes, live, self);
    pthread_attr_destroy(&attributes);
    return error == 0;
}

/* An attribute of the Thread whose method is called; NULL, with no exception, if there is none. */
static PyObject *attribute_of_thread(PyObject *function, const char *name)
{
    PyObject *self = PyMethod_Check(function) ? PyMethod_GET_SELF(function) : NULL;
    PyObject *value = self ? PyObject_GetAttrString(self, name) : NULL;
    PyErr_Clear();
    return value;
}

static PyObject *name_of(PyObject *function)
{
    PyObject *name = attribute_of_thread(function, "_name");
    if (!name || !PyUnicode_Check(name))
        Py_XSETREF(name, PyObject_GetAttrString(function, "__qualname__"));
    if (!name || !PyUnicode_Check(name)) {
        PyErr_Clear();
        Py_XSETREF(name, PyUnicode_FromString("thread"));
    }
    return name;
}

/* A whole number that a pool's worker bears; 0 for other threads. */
static uint32_t number_of(PyObject *function, const char *name)
{
    PyObject *value = attribute_of_thread(function, name);
    long number = value && PyLong_Check(value) ? PyLong_AsLong(value) : 0;
    PyErr_Clear();
    Py_XDECREF(value);
    return number > 0 ? (uint32_t)number : 0;
}

static struct host_thread *new_thread(struct host *host, PyObject *function, PyObject *args,
                                      PyObject *keywords)
{
    struct host_thread *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->host = host;
    self->own.policy_set = true; /* only the main thread gets a loop of itself */
    sem_init(&self->go, 0, 0);
    sem_init(&self->back, 0, 0);
    self->function = Py_NewRef(function);
    self->args = Py_NewRef(args);
    self->keywords = Py_XNewRef(keywords);
    self->name = name_of(function);
    if (self->name && spawn(self))
        return self;
    free_thread(self);
    return NULL;
}

static PyObject *start_new_thread(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    struct host *host = host_of_module(module);
    if (count < 2 || count > 3)
        PyErr_Format(PyExc_TypeError, "start_new_thread expected 2 or 3 arguments, got %zd", count);
    else if (!PyCallable_Check(args[0]))
        PyErr_SetString(PyExc_TypeError, "first arg must be callable");
    else if (!PyTuple_Check(args[1]))
        PyErr_SetString(PyExc_TypeError, "2nd arg must be a tuple");
    else if (count == 3 && !PyDict_Check(args[2]))
        PyErr_SetString(PyExc_TypeError, "optional 3rd arg must be a dictionary");
    if (PyErr_Occurred())
        return NULL;
    struct host_thread *self = new_thread(host, args[0], args[1], count == 3 ? args[2] : NULL);
    if (!self) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_RuntimeError, "can't start new thread");
        return NULL;
    }
    const char *name = PyUnicode_AsUTF8(self->name);
    uint32_t lane = number_of(args[0], "lane"), kind = number_of(args[0], "kind");
    PyErr_Clear();
    self->own.own_interpreter = kind == SIM_THREAD_PROCESS;
    uint32_t number = lane ? lane : host->world.threads.created + 1;
    sim_thread_start(&host->world, &self->thread, &ops, name ? name : "thread",
                     (enum sim_flag_thread)kind, lane);
    return PyLong_FromUnsignedLong((unsigned long)number + 1);
}

/* --- the rest of _thread ---------------------------------------------------------------------- */

static struct host_thread *current_of(const struct host *host)
{
    struct sim_thread *current = host->world.threads.current;
    return current ? thread_of(current) : NULL;
}

PyObject *host_thread_current_name(const struct host *host)
{
    const struct host_thread *self = current_of(host);
    return self ? self->name : host->main_name;
}

/* Numbers in place of addresses, the same in every run; the main thread has 1. */
static PyObject *get_ident(PyObject *module, PyObject *Py_UNUSED(unused))
{
    const struct host_thread *self = current_of(host_of_module(module));
    return PyLong_FromUnsignedLong(self ? (unsigned long)self->thread.number + 1 : 1);
}

/* A lock that is released when the thread that runs ends. */
static PyObject *set_sentinel(PyObject *module, PyObject *Py_UNUSED(unused))
{
    struct host *host = host_of_module(module);
    struct host_thread *self = current_of(host);
    PyObject *lock = host_lock_new(host);
    if (lock && self)
        Py_XSETREF(self->sentinel, Py_NewRef(lock));
    return lock;
}

static PyObject *allocate_lock(PyObject *module, PyObject *Py_UNUSED(unused))
{
    return host_lock_new(host_of_module(module));
}

static PyMethodDef functions[] = {
    {"start_new_thread", HOST_METHOD(start_new_thread), METH_FASTCALL, NULL},
    {"start_new", HOST_METHOD(start_new_thread), METH_FASTCALL, NULL},
    {"get_ident", get_ident, METH_NOARGS, NULL},
    {"get_native_id", get_ident, METH_NOARGS, NULL},
    {"_set_sentinel", set_sentinel, METH_NOARGS, NULL},
    {"allocate_lock", allocate_lock, METH_NOARGS, NULL},
    {"allocate", allocate_lock, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

int host_thread_setup(struct host *host)
{
    PyObject *module = PyImport_ImportModule("_thread");
    host->main_name = PyUnicode_InternFromString("MainThread");
    int error = module && host->main_name && host_lock_setup(host) == 0 ? 0 : -1;
    if (error == 0)
        error = PyObject_SetAttrString(module, "LockType", (PyObject *)host->lock_type);
    if (error == 0)
        error = PyObject_SetAttrString(module, "RLock", (PyObject *)host->rlock_type);
    for (PyMethodDef *method = functions; error == 0 && method->ml_name; method++)
        error = host_replace(host, module, method);
    Py_XDECREF(module);
    return error;
}
