/* The clocks of the modules time and datetime: all of them read virtual time.
 *
 * The epoch of time.time() is 2024-01-01T00:00:00Z, time zone UTC.  Code costs no time, but for
 * lines that say so in a comment (lines.h).
 */
#include "lines.h"
#include "loop.h"
#include "script.h"

#include <math.h>

static const int64_t epoch_ns = INT64_C(1704067200) * 1000000000;

int64_t host_ns_of_seconds(double seconds)
{
    if (!(seconds < 4e9))
        return SIM_TIME_MAX_NS;
    double ns = rint(seconds * 1e9); /* half to even */
    return ns > -9e18 ? (int64_t)ns : -SIM_TIME_MAX_NS;
}

double host_seconds_of_ns(int64_t ns)
{
    return (double)ns / 1e9;
}

bool host_deadline(const struct sim_world *world, PyObject *delay, int64_t *deadline_ns)
{
    double when, now = host_seconds_of_ns(world->now_ns);
    if (PyFloat_CheckExact(delay)) {
        when = now + PyFloat_AS_DOUBLE(delay);
    } else {
        PyObject *clock = PyFloat_FromDouble(now);
        PyObject *sum = clock ? PyNumber_Add(clock, delay) : NULL;
        when = sum ? PyFloat_AsDouble(sum) : -1.0;
        Py_XDECREF(sum);
        Py_XDECREF(clock);
        if (when == -1.0 && PyErr_Occurred())
            return false;
    }
    *deadline_ns = host_ns_of_seconds(when);
    return true;
}

static struct host *host_of_module(PyObject *module)
{
    return PyModule_GetState(module);
}

static int64_t now_ns(PyObject *module)
{
    return host_of_module(module)->world.now_ns;
}

/* --- reading ---------------------------------------------------------------------------------- */

static PyObject *time_time(PyObject *module, PyObject *Py_UNUSED(unused))
{
    return PyFloat_FromDouble(host_seconds_of_ns(epoch_ns + now_ns(module)));
}

static PyObject *time_time_ns(PyObject *module, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLongLong(epoch_ns + now_ns(module));
}

static PyObject *time_monotonic(PyObject *module, PyObject *Py_UNUSED(unused))
{
    return PyFloat_FromDouble(host_seconds_of_ns(now_ns(module)));
}

static PyObject *time_monotonic_ns(PyObject *module, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLongLong(now_ns(module));
}

static PyObject *time_process(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyFloat_FromDouble(0.0);
}

static PyObject *time_process_ns(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(0);
}

static PyObject *time_thread(PyObject *module, PyObject *Py_UNUSED(unused))
{
    return PyFloat_FromDouble(host_seconds_of_ns(host_of_module(module)->computed_ns));
}

static PyObject *time_thread_ns(PyObject *module, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLongLong(host_of_module(module)->computed_ns);
}

/* --- calendars: the real functions, whose argument defaults to now ---------------------------- */

/* function(seconds), now by default */
static PyObject *of_seconds(PyObject *module, PyObject *function, PyObject *const *args,
                            Py_ssize_t count)
{
    if (count > 1 || (count == 1 && args[0] != Py_None))
        return PyObject_Vectorcall(function, args, (size_t)count, NULL);
    PyObject *now = time_time(module, NULL);
    PyObject *answer = now ? PyObject_CallOneArg(function, now) : NULL;
    Py_XDECREF(now);
    return answer;
}

/* What a clock of the system's shows, by its number: the time of day, CPU time, or else the time
 * since the run began. */
static int64_t clock_ns(PyObject *module, long clock)
{
    switch (clock) {
    case CLOCK_REALTIME:
        return epoch_ns + now_ns(module);
    case CLOCK_PROCESS_CPUTIME_ID:
        return 0;
    case CLOCK_THREAD_CPUTIME_ID:
        return host_of_module(module)->computed_ns;
    default:
        return now_ns(module);
    }
}

static PyObject *time_clock_gettime(PyObject *module, PyObject *given)
{
    long clock = PyLong_AsLong(given);
    if (clock == -1 && PyErr_Occurred())
        return NULL;
    return PyFloat_FromDouble(host_seconds_of_ns(clock_ns(module, clock)));
}

static PyObject *time_clock_gettime_ns(PyObject *module, PyObject *given)
{
    long clock = PyLong_AsLong(given);
    return clock == -1 && PyErr_Occurred() ? NULL : PyLong_FromLongLong(clock_ns(module, clock));
}

static PyObject *time_localtime(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    return of_seconds(module, host_of_module(module)->clock.localtime, args, count);
}

static PyObject *time_gmtime(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    return of_seconds(module, host_of_module(module)->clock.gmtime, args, count);
}

static PyObject *time_ctime(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    return of_seconds(module, host_of_module(module)->clock.ctime, args, count);
}

static PyObject *time_asctime(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    PyObject *function = host_of_module(module)->clock.asctime;
    if (count > 0)
        return PyObject_Vectorcall(function, args, (size_t)count, NULL);
    PyObject *now = time_localtime(module, NULL, 0);
    PyObject *answer = now ? PyObject_CallOneArg(function, now) : NULL;
    Py_XDECREF(now);
    return answer;
}

static PyObject *time_strftime(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    PyObject *function = host_of_module(module)->clock.strftime;
    if (count != 1)
        return PyObject_Vectorcall(function, args, (size_t)count, NULL);
    PyObject *now = time_localtime(module, NULL, 0);
    PyObject *answer = now ? PyObject_CallFunctionObjArgs(function, args[0], now, NULL) : NULL;
    Py_XDECREF(now);
    return answer;
}

/* --- sleeping --------------------------------------------------------------------------------- */

/* time.sleep(): blocks the loop, and moves the clock. */
static PyObject *time_sleep(PyObject *module, PyObject *delay)
{
    struct host *host = host_of_module(module);
    double seconds = PyFloat_AsDouble(delay);
    if (seconds == -1.0 && PyErr_Occurred())
        return NULL;
    if (seconds < 0) {
        PyErr_SetString(PyExc_ValueError, "sleep length must be non-negative");
        return NULL;
    }
    const struct sim_task *task = host->running ? host->running->loop.current : NULL;
    sim_world_block(&host->world, task, host_ns_of_seconds(seconds));
    host_end_on_error(host, host->running, host_error(host));
    Py_RETURN_NONE;
}

/* --- computing -------------------------------------------------------------------------------- */

void host_compute(struct host *host, int64_t length_ns)
{
    struct sim_world *world = &host->world;
    const struct sim_task *task = host->running ? host->running->loop.current : NULL;
    bool alone = host->own_interpreter;
    int taken = alone || sim_mutex_try(world, &host->interpreter);
    if (!taken)
        taken = sim_mutex_wait(world, &host->interpreter, SIM_TIME_MAX_NS,
                               sim_trace_intern_z(world->trace, "the interpreter"), task);
    if (taken > 0) {
        sim_world_compute(world, task, length_ns);
        host->computed_ns = sim_time_after(host->computed_ns, length_ns);
        if (!alone)
            sim_mutex_release(world, &host->interpreter);
    }
    host_end_on_error(host, host->running, taken < 0 ? taken : host_error(host));
}

/* --- setting it up ---------------------------------------------------------------------------- */

static PyMethodDef functions[] = {
    {"time", time_time, METH_NOARGS, NULL},
    {"time_ns", time_time_ns, METH_NOARGS, NULL},
    {"monotonic", time_monotonic, METH_NOARGS, NULL},
    {"monotonic_ns", time_monotonic_ns, METH_NOARGS, NULL},
    {"perf_counter", time_monotonic, METH_NOARGS, NULL},
    {"perf_counter_ns", time_monotonic_ns, METH_NOARGS, NULL},
    {"process_time", time_process, METH_NOARGS, NULL},
    {"process_time_ns", time_process_ns, METH_NOARGS, NULL},
    {"thread_time", time_thread, METH_NOARGS, NULL},
    {"thread_time_ns", time_thread_ns, METH_NOARGS, NULL},
    {"localtime", HOST_METHOD(time_localtime), METH_FASTCALL, NULL},
    {"gmtime", HOST_METHOD(time_gmtime), METH_FASTCALL, NULL},
    {"ctime", HOST_METHOD(time_ctime), METH_FASTCALL, NULL},
    {"asctime", HOST_METHOD(time_asctime), METH_FASTCALL, NULL},
    {"strftime", HOST_METHOD(time_strftime), METH_FASTCALL, NULL},
    {"clock_gettime", time_clock_gettime, METH_O, NULL},
    {"clock_gettime_ns", time_clock_gettime_ns, METH_O, NULL},
    {"sleep", time_sleep, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

int host_replace(struct host *host, PyObject *target, PyMethodDef *method)
{
    PyObject *name = PyModule_GetNameObject(target);
    PyObject *function = name ? PyCFunction_NewEx(method, host->module, name) : NULL;
    int error = function ? PyObject_SetAttrString(target, method->ml_name, function) : -1;
    Py_XDECREF(function);
    Py_XDECREF(name);
    return error;
}

static int keep_real(const PyObject *time, struct host_clock *clock)
{
    const struct {
        const char *name;
        PyObject **slot;
    } real[] = {
        {"localtime", &clock->localtime}, {"gmtime", &clock->gmtime},     {"ctime", &clock->ctime},
        {"asctime", &clock->asctime},     {"strftime", &clock->strftime},
    };
    for (size_t i = 0; i < sizeof real / sizeof real[0]; i++) {
        *real[i].slot = PyObject_GetAttrString((PyObject *)(uintptr_t)time, real[i].name);
        if (!*real[i].slot)
            return -1;
    }
    return 0;
}

int host_clock_setup(struct host *host)
{
    PyObject *time = PyImport_ImportModule("time");
    int error = time ? keep_real(time, &host->clock) : -1;
    for (PyMethodDef *method = functions; error == 0 && method->ml_name; method++)
        error = host_replace(host, time, method);
    /* The datetime that is written in C reads the clock by itself; the one in Python asks time. */
    if (error == 0)
        error = PyDict_SetItemString(PyImport_GetModuleDict(), "_datetime", Py_None);
    Py_XDECREF(time);
    return error;
}
