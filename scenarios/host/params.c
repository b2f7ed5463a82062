/* Other values for the parameters of the script: constants of its module that a comment "# param:"
 * names as such.  The syntax tree gets them, so each line stays what and where it is. */
#include "lines.h"
#include "script.h"

#include <string.h>

/* The given text after `at`, without blanks; NULL if another one is there. */
static const char *skip(const char *at, const char *word)
{
    size_t length = strlen(word);
    while (*at == ' ' || *at == '\t')
        at++;
    return strncmp(at, word, length) == 0 ? at + length : NULL;
}

/* Whether the comment of a parameter follows at a place (line from 1, column in bytes). */
static bool is_marked(PyObject *source, long line, long column)
{
    const char *at = PyBytes_Check(source) ? PyBytes_AS_STRING(source) : NULL;
    for (; at && line > 1; line--) {
        at = strchr(at, '\n');
        at += at != NULL;
    }
    for (; at && *at && *at != '\n' && column > 0; column--)
        at++;
    at = at ? skip(at, "#") : NULL;
    at = at ? skip(at, "param") : NULL;
    return at && skip(at, ":");
}

static long number_of(PyObject *node, const char *name)
{
    PyObject *value = PyObject_GetAttrString(node, name);
    long number = value ? PyLong_AsLong(value) : -1;
    PyErr_Clear();
    Py_XDECREF(value);
    return number;
}

/* The name that a statement NAME = ... assigns to: a new reference, NULL if it is none. */
static PyObject *target_name(PyObject *statement)
{
    PyObject *targets = PyObject_GetAttrString(statement, "targets"), *name = NULL;
    if (targets && PyList_Check(targets) && PyList_GET_SIZE(targets) == 1)
        name = PyObject_GetAttrString(PyList_GET_ITEM(targets, 0), "id");
    PyErr_Clear();
    Py_XDECREF(targets);
    return name;
}

/* The constant in a node, NULL if there is none.  A sign does not matter here. */
static PyObject *constant_in(PyObject *node)
{
    PyObject *operand = PyObject_GetAttrString(node, "operand");
    PyErr_Clear();
    PyObject *constant = PyObject_GetAttrString(operand ? operand : node, "value");
    PyErr_Clear();
    Py_XDECREF(operand);
    return constant;
}

/* A text as a constant of the kind of another one; NULL with ValueError. */
static PyObject *converted(PyObject *text, PyObject *like)
{
    if (PyLong_CheckExact(like))
        return PyLong_FromUnicodeObject(text, 10);
    if (PyFloat_CheckExact(like))
        return PyFloat_FromString(text);
    if (PyUnicode_CheckExact(like))
        return Py_NewRef(text);
    bool is_true = PyUnicode_CompareWithASCIIString(text, "True") == 0;
    if (PyBool_Check(like) && (is_true || PyUnicode_CompareWithASCIIString(text, "False") == 0))
        return PyBool_FromLong(is_true);
    return PyErr_Format(PyExc_ValueError, "a parameter cannot become %R", text);
}

/* A constant in the place of an expression. */
static PyObject *new_constant(PyObject *value, PyObject *place)
{
    static const char *const where[] = {"lineno", "col_offset", "end_lineno", "end_col_offset"};
    PyObject *ast = PyImport_ImportModule("_ast");
    PyObject *node = ast ? PyObject_CallMethod(ast, "Constant", "O", value) : NULL;
    for (size_t i = 0; node && i < sizeof where / sizeof *where; i++) {
        PyObject *number = PyObject_GetAttrString(place, where[i]);
        if (!number || PyObject_SetAttrString(node, where[i], number) < 0)
            Py_CLEAR(node);
        Py_XDECREF(number);
    }
    Py_XDECREF(ast);
    return node;
}

/* Gives a statement the value, if it is that parameter's; 1 if it was, -1 with an exception. */
static int assign(PyObject *statement, PyObject *text, PyObject *source)
{
    PyObject *old = PyObject_GetAttrString(statement, "value");
    PyObject *like = old ? constant_in(old) : NULL, *value = NULL, *node = NULL;
    int assigned = 0;
    if (like && is_marked(source, number_of(old, "end_lineno"), number_of(old, "end_col_offset"))) {
        value = converted(text, like);
        node = value ? new_constant(value, old) : NULL;
        assigned = node && PyObject_SetAttrString(statement, "value", node) == 0 ? 1 : -1;
    }
    Py_XDECREF(node);
    Py_XDECREF(value);
    Py_XDECREF(like);
    Py_XDECREF(old);
    return assigned;
}

static int assign_all(PyObject *params, PyObject *given, PyObject *body, PyObject *source);

/* The same for what is only done under a condition: a list of statements of an "if". */
static int assign_branch(PyObject *params, PyObject *given, PyObject *statement, const char *branch,
                         PyObject *source)
{
    PyObject *body = PyObject_GetAttrString(statement, branch);
    int error = body ? assign_all(params, given, body, source) : -1;
    Py_XDECREF(body);
    return error;
}

/* Gives the statements of a module their values, and notes in `given` whose they were: each branch
 * of an "if" may have its own. */
static int assign_all(PyObject *params, PyObject *given, PyObject *body, PyObject *source)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(body); i++) {
        PyObject *statement = PyList_GET_ITEM(body, i), *name = target_name(statement);
        PyObject *text = name ? PyDict_GetItem(params, name) : NULL;
        int assigned = text ? assign(statement, text, source) : 0;
        if (assigned > 0)
            assigned = PySet_Add(given, name);
        Py_XDECREF(name);
        if (assigned == 0 && strcmp(Py_TYPE(statement)->tp_name, "If") == 0) {
            assigned = assign_branch(params, given, statement, "body", source);
            if (assigned == 0)
                assigned = assign_branch(params, given, statement, "orelse", source);
        }
        if (assigned < 0)
            return -1;
    }
    return 0;
}

/* Whether all parameters were given to some line; false with ValueError. */
static bool check_given(PyObject *params, PyObject *given)
{
    PyObject *name, *text;
    Py_ssize_t at = 0;
    while (PyDict_Next(params, &at, &name, &text)) {
        int known = PySet_Contains(given, name);
        if (known == 0)
            PyErr_Format(PyExc_ValueError, "no line of the module gives the parameter %U its value",
                         name);
        if (known <= 0)
            return false;
    }
    return true;
}

/* The ValueError that is set is said, and ends the run as wrong options do. */
static void refuse(PyObject *path)
{
    if (!PyErr_ExceptionMatches(PyExc_ValueError))
        return;
    PyObject *reason = host_take_error(), *code = PyLong_FromLong(SCN_HOST_CANNOT_OPEN);
    PySys_FormatStderr("awaitscope: %U: %S\n", path, reason);
    PyErr_SetObject(PyExc_SystemExit, code);
    Py_XDECREF(code);
    Py_XDECREF(reason);
}

int host_params_apply(PyObject *params, PyObject *tree, PyObject *source, PyObject *path)
{
    PyObject *body = PyObject_GetAttrString(tree, "body"), *given = PySet_New(NULL);
    int error = body && given ? assign_all(params, given, body, source) : -1;
    if (error == 0 && !check_given(params, given))
        error = -1;
    if (error < 0)
        refuse(path);
    Py_XDECREF(given);
    Py_XDECREF(body);
    return error;
}

PyObject *host_params_parse(const char *text)
{
    PyObject *params = PyDict_New(), *all = PyUnicode_FromString(text ? text : "");
    PyObject *pairs = all ? PyUnicode_Splitlines(all, 0) : NULL;
    for (Py_ssize_t i = 0; params && pairs && i < PyList_GET_SIZE(pairs); i++) {
        PyObject *equals = PyUnicode_FromString("=");
        PyObject *parts = equals ? PyUnicode_Partition(PyList_GET_ITEM(pairs, i), equals) : NULL;
        if (!parts ||
            PyDict_SetItem(params, PyTuple_GET_ITEM(parts, 0), PyTuple_GET_ITEM(parts, 2)) < 0)
            Py_CLEAR(params);
        Py_XDECREF(parts);
        Py_XDECREF(equals);
    }
    if (!pairs)
        Py_CLEAR(params);
    Py_XDECREF(pairs);
    Py_XDECREF(all);
    return params;
}
