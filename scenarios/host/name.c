/* What the script calls a lock or the like that it makes: the variable that it goes to.
 *
 * The code behind the call is followed, as far as it goes straight, to where the new object is
 * stored.  An item of a list comprehension is called by the list's variable and its place in it.
 */
#include "script.h"
#include "sync.h"

#include <opcode.h>

enum { LEVELS_MAX = 8, STEPS_MAX = 64 };

/* Where the object goes. */
enum fate { LOST, NAMED, ITEM, RETURNED };

/* The code that is followed; `above` counts the values on top of the object. */
struct walk {
    PyCodeObject *code;
    const unsigned char *at, *end;
    int above;
    PyObject *last_loaded; /* a variable's name, borrowed; NULL: none */
};

/* An entry of a tuple of names; NULL if there is none. */
static PyObject *entry(PyObject *names, int index)
{
    return index < PyTuple_GET_SIZE(names) ? PyTuple_GET_ITEM(names, index) : NULL;
}

/* The name of the variable that an instruction loads or stores, borrowed; NULL if it does not. */
static PyObject *variable(const PyCodeObject *code, int op, int arg)
{
    switch (op) {
    case LOAD_NAME:
    case STORE_NAME:
    case STORE_GLOBAL:
        return entry(code->co_names, arg);
    case LOAD_GLOBAL: /* its lowest bit says that a NULL is pushed first */
        return entry(code->co_names, arg >> 1);
    case LOAD_FAST:
    case STORE_FAST:
    case LOAD_DEREF:
    case STORE_DEREF:
        return entry(code->co_localsplusnames, arg);
    default:
        return NULL;
    }
}

/* The name that a store gives to the object: a new reference. */
static PyObject *name_of_store(const struct walk *walk, int op, int arg)
{
    PyObject *name = variable(walk->code, op, arg);
    if (op != STORE_ATTR)
        return Py_XNewRef(name);
    PyObject *attribute = entry(walk->code->co_names, arg);
    if (!attribute || !walk->last_loaded)
        return Py_XNewRef(attribute);
    return PyUnicode_FromFormat("%U.%U", walk->last_loaded, attribute);
}

/* Passes an instruction that does not touch the object; false if it takes it, or may. */
static bool pass(struct walk *walk, int op, int arg)
{
    int taken = op == CALL ? arg + 2 : op == LOAD_METHOD || op == LOAD_ATTR ? 1 : 0;
    int effect = op == CALL ? 1 - taken : PyCompile_OpcodeStackEffect(op, arg);
    if (taken > walk->above || (taken == 0 && effect < 0) || effect == PY_INVALID_STACK_EFFECT)
        return false;
    walk->above += effect;
    return true;
}

/* Takes one instruction; LOST means that the walk goes on, unless `*over`. */
static enum fate step(struct walk *walk, int op, int arg, PyObject **name, bool *over)
{
    switch (op) {
    case CACHE:
    case PRECALL:
    case KW_NAMES:
    case COPY: /* the same object twice: the first place that it goes to names it */
        return LOST;
    case SWAP:
        walk->above = walk->above == 0 ? arg - 1 : walk->above == arg - 1 ? 0 : walk->above;
        return LOST;
    case STORE_NAME:
    case STORE_GLOBAL:
    case STORE_FAST:
    case STORE_DEREF:
    case STORE_ATTR:
        if (walk->above > (op == STORE_ATTR)) {
            walk->above -= op == STORE_ATTR ? 2 : 1;
            return LOST;
        }
        *over = true;
        *name = walk->above == (op == STORE_ATTR) ? name_of_store(walk, op, arg) : NULL;
        return *name ? NAMED : LOST;
    case LIST_APPEND:
    case RETURN_VALUE:
        *over = true;
        return walk->above > 0 ? LOST : op == LIST_APPEND ? ITEM : RETURNED;
    default:
        if (variable(walk->code, op, arg))
            walk->last_loaded = variable(walk->code, op, arg);
        *over = !pass(walk, op, arg);
        return LOST;
    }
}

/* Where what a frame's call gives back goes, and the name that it gets: a new reference. */
static enum fate fate_in(PyFrameObject *frame, PyObject **name)
{
    PyCodeObject *code = PyFrame_GetCode(frame);
    PyObject *bytes = PyCode_GetCode(code);
    enum fate fate = LOST;
    int extended = 0;
    bool over = !bytes;
    struct walk walk = {.code = code};
    if (bytes) {
        const unsigned char *begin = (const unsigned char *)PyBytes_AS_STRING(bytes);
        walk.at = begin + PyFrame_GetLasti(frame) + 2;
        walk.end = begin + PyBytes_GET_SIZE(bytes);
    }
    for (int i = 0; !over && i < STEPS_MAX && walk.at + 1 < walk.end; i++, walk.at += 2) {
        int arg = extended << 8 | walk.at[1];
        extended = walk.at[0] == EXTENDED_ARG ? arg : 0;
        if (walk.at[0] != EXTENDED_ARG)
            fate = step(&walk, walk.at[0], arg, name, &over);
    }
    PyErr_Clear();
    Py_XDECREF(bytes);
    Py_DECREF(code);
    return fate;
}

/* "forks[2]".  Items of one list follow each other with nothing recorded in between. */
static PyObject *item_name(struct host *host, PyObject *list)
{
    struct host_naming *naming = &host->naming;
    uint64_t now = host->world.trace->count;
    bool goes_on =
        naming->list && naming->at_event == now && PyUnicode_Compare(naming->list, list) == 0;
    naming->index = goes_on ? naming->index + 1 : 0;
    naming->at_event = now;
    Py_XSETREF(naming->list, Py_NewRef(list));
    return PyUnicode_FromFormat("%U[%zd]", list, naming->index);
}

/* What the script that runs assigns the result of its call to: a new reference, or NULL. */
static PyObject *assigned_name(struct host *host)
{
    PyFrameObject *frame = (PyFrameObject *)Py_XNewRef((PyObject *)PyEval_GetFrame());
    PyObject *name = NULL;
    bool is_item = false;
    enum fate fate = RETURNED;
    for (int level = 0; frame && fate != NAMED && level < LEVELS_MAX; level++) {
        fate = fate_in(frame, &name);
        if (fate == LOST || (fate == ITEM && is_item))
            break;
        is_item = is_item || fate == ITEM;
        PyFrameObject *back = PyFrame_GetBack(frame);
        Py_DECREF(frame);
        frame = back;
    }
    Py_XDECREF(frame);
    if (name && is_item)
        Py_SETREF(name, item_name(host, name));
    return name;
}

void host_sync_own(struct sim_sync *sync, PyObject *owner)
{
    struct host *host = sync->world->guest_user;
    sync->owner = owner;
    /* CPython 3.11 specializes calls of methods where an object has its dict, but not where it has
     * yet to be made. */
    PyObject **dict = &((struct host_sync *)(void *)owner)->dict;
    if (!*dict && !(*dict = PyDict_New()))
        PyErr_Clear();
    PyObject *name = host->world.trace ? assigned_name(host) : NULL;
    const char *text = name ? PyUnicode_AsUTF8(name) : NULL;
    if (text)
        sync->name = sim_trace_intern_z(host->world.trace, text);
    PyErr_Clear();
    Py_XDECREF(name);
}
