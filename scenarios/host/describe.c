/* Short texts for the trace.  They may not run code of the script nor show an address. */
#include "script.h"

enum { TEXT_MAX = 160, ITEMS_MAX = 4, DEPTH_MAX = 2, STRING_MAX = 60 };

struct text {
    char bytes[TEXT_MAX];
    size_t length;
};

static void put(struct text *text, const char *bytes, size_t length)
{
    size_t room = sizeof text->bytes - text->length;
    if (length > room) {
        length = room;
        while (length > 0 && ((unsigned char)bytes[length] & 0xc0) == 0x80)
            length--; /* not in the middle of a character */
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
}

static void put_z(struct text *text, const char *string)
{
    put(text, string, strlen(string));
}

static void put_type(struct text *text, PyObject *value)
{
    const char *name = Py_TYPE(value)->tp_name;
    const char *dot = strrchr(name, '.');
    put_z(text, dot ? dot + 1 : name);
}

/* The start of a string, without its quotes if `plain`. */
static void put_string(struct text *text, PyObject *value, bool plain)
{
    bool cut = PyUnicode_GET_LENGTH(value) > STRING_MAX;
    PyObject *start = cut ? PyUnicode_Substring(value, 0, STRING_MAX) : Py_NewRef(value);
    PyObject *shown = start && !plain ? PyObject_Repr(start) : Py_XNewRef(start);
    Py_ssize_t length = 0;
    const char *bytes = shown ? PyUnicode_AsUTF8AndSize(shown, &length) : NULL;
    if (bytes)
        put(text, bytes, (size_t)length);
    else
        put_z(text, plain ? "" : "str");
    if (cut)
        put_z(text, "…");
    PyErr_Clear();
    Py_XDECREF(shown);
    Py_XDECREF(start);
}

static void put_int(struct text *text, PyObject *value)
{
    int overflow;
    long long number = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (overflow) {
        put_z(text, "int");
    } else {
        char digits[24], *at = digits + sizeof digits;
        unsigned long long left =
            number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
        do
            *--at = (char)('0' + left % 10);
        while ((left /= 10) > 0);
        if (number < 0)
            *--at = '-';
        put(text, at, (size_t)(digits + sizeof digits - at));
    }
}

static void put_float(struct text *text, PyObject *value)
{
    char *digits = PyOS_double_to_string(PyFloat_AS_DOUBLE(value), 'r', 0, Py_DTSF_ADD_DOT_0, NULL);
    put_z(text, digits ? digits : "float");
    PyMem_Free(digits);
}

static void put_value(struct text *text, PyObject *value, int depth);

static void put_sequence(struct text *text, PyObject *value, int depth)
{
    bool list = PyList_CheckExact(value);
    Py_ssize_t count = PySequence_Fast_GET_SIZE(value);
    if (depth == DEPTH_MAX) {
        put_type(text, value);
        return;
    }
    put_z(text, list ? "[" : "(");
    for (Py_ssize_t i = 0; i < count && i < ITEMS_MAX; i++) {
        if (i > 0)
            put_z(text, ", ");
        put_value(text, PySequence_Fast_GET_ITEM(value, i), depth + 1);
    }
    if (count > ITEMS_MAX)
        put_z(text, ", …");
    put_z(text, list ? "]" : count == 1 ? ",)" : ")");
}

static void put_value(struct text *text, PyObject *value, int depth)
{
    if (value == Py_None)
        put_z(text, "None");
    else if (PyBool_Check(value))
        put_z(text, value == Py_True ? "True" : "False");
    else if (PyLong_CheckExact(value))
        put_int(text, value);
    else if (PyFloat_CheckExact(value))
        put_float(text, value);
    else if (PyUnicode_CheckExact(value))
        put_string(text, value, false);
    else if (PyTuple_CheckExact(value) || PyList_CheckExact(value))
        put_sequence(text, value, depth);
    else
        put_type(text, value);
}

static void put_exception(struct text *text, PyObject *value)
{
    PyObject *args = ((PyBaseExceptionObject *)value)->args;
    put_type(text, value);
    if (args && PyTuple_GET_SIZE(args) >= 1 && PyUnicode_CheckExact(PyTuple_GET_ITEM(args, 0))) {
        put_z(text, ": ");
        put_string(text, PyTuple_GET_ITEM(args, 0), true);
    }
}

uint32_t host_describe(struct sim_world *world, sim_value value, enum sim_flag_outcome outcome)
{
    struct text text = {.length = 0};
    PyObject *object = value;
    if (!object)
        return 0;
    if (object == Py_None)
        return outcome == SIM_OUTCOME_CANCELLED ? 0 : sim_trace_intern_z(world->trace, "None");
    if (PyExceptionInstance_Check(object))
        put_exception(&text, object);
    else
        put_value(&text, object, 0);
    return sim_trace_intern(world->trace, text.bytes, text.length);
}

/* The qualified name of functions, methods, builtins and partial-like callables, else the type. */
uint32_t host_describe_callable(struct sim_world *world, PyObject *callable)
{
    struct text text = {.length = 0};
    if (PyMethod_Check(callable))
        callable = PyMethod_GET_FUNCTION(callable);
    if (PyFunction_Check(callable)) {
        put_string(&text, ((PyFunctionObject *)callable)->func_qualname, true);
    } else if (PyCFunction_Check(callable)) {
        PyObject *self = PyCFunction_GET_SELF(callable);
        if (self && !PyModule_Check(self)) {
            put_type(&text, PyType_Check(self) ? callable : self);
            put_z(&text, ".");
        }
        put_z(&text, ((PyCFunctionObject *)callable)->m_ml->ml_name);
    } else {
        put_type(&text, callable);
    }
    return sim_trace_intern(world->trace, text.bytes, text.length);
}
