/* Compiles the script's own files with line markers in them.
 *
 * The syntax tree gets a statement ~"\0line N" before each statement.  The compiler cannot fold
 * that, so it becomes LOAD_CONST, UNARY_INVERT, POP_TOP; in the finished code the constants are
 * replaced by markers.  The header of a loop is passed again at the end of its body and before each
 * continue.
 */
#include "lines.h"
#include "loop.h"

#include <stdlib.h>
#include <string.h>

static const char prefix[] = "\0line ";
enum { PREFIX_LENGTH = sizeof prefix - 1 };

/* What the walk over one tree needs: the classes of _ast, borrowed from `module`. */
struct walk {
    PyObject *module;
    PyObject *expr, *unary, *invert, *constant, *continue_class, *import_from, *for_class,
        *async_for, *while_class;
};

static bool is_a(PyObject *node, PyObject *class)
{
    return Py_IS_TYPE(node, (PyTypeObject *)class);
}

/* --- the line of a statement ------------------------------------------------------------------ */

static long int_attribute(PyObject *node, const char *name)
{
    PyObject *value = PyObject_GetAttrString(node, name);
    long number = value ? PyLong_AsLong(value) : -1;
    Py_XDECREF(value);
    return number;
}

/* Where a statement begins: at its first decorator if it has one.  -1 with an exception. */
static long line_of(PyObject *statement)
{
    PyObject *decorators = PyObject_GetAttrString(statement, "decorator_list");
    long line;
    if (decorators && PyList_Check(decorators) && PyList_GET_SIZE(decorators) > 0) {
        line = int_attribute(PyList_GET_ITEM(decorators, 0), "lineno");
    } else {
        PyErr_Clear();
        line = int_attribute(statement, "lineno");
    }
    Py_XDECREF(decorators);
    return line;
}

/* --- marking ---------------------------------------------------------------------------------- */

/* A node of a class, with a field or none, at a line. */
static PyObject *new_node(PyObject *class, const char *field, PyObject *value, long line)
{
    PyObject *node = PyObject_CallNoArgs(class);
    PyObject *number = PyLong_FromLong(line), *zero = PyLong_FromLong(0);
    if (node && number && zero &&
        (PyObject_SetAttrString(node, field, value) < 0 ||
         PyObject_SetAttrString(node, "lineno", number) < 0 ||
         PyObject_SetAttrString(node, "end_lineno", number) < 0 ||
         PyObject_SetAttrString(node, "col_offset", zero) < 0 ||
         PyObject_SetAttrString(node, "end_col_offset", zero) < 0))
        Py_CLEAR(node);
    Py_XDECREF(zero);
    Py_XDECREF(number);
    return node;
}

static PyObject *new_mark(const struct walk *walk, long line)
{
    char text[32];
    int length = snprintf(text + PREFIX_LENGTH, sizeof text - PREFIX_LENGTH, "%ld", line);
    memcpy(text, prefix, PREFIX_LENGTH);
    PyObject *string = PyUnicode_FromStringAndSize(text, PREFIX_LENGTH + length);
    PyObject *constant = NULL, *unary = NULL, *statement = NULL, *op = NULL;
    if (string)
        constant = new_node(walk->constant, "value", string, line);
    if (constant && (op = PyObject_CallNoArgs(walk->invert)))
        unary = new_node(walk->unary, "operand", constant, line);
    if (unary && PyObject_SetAttrString(unary, "op", op) == 0)
        statement = new_node(walk->expr, "value", unary, line);
    Py_XDECREF(op);
    Py_XDECREF(unary);
    Py_XDECREF(constant);
    Py_XDECREF(string);
    return statement;
}

static int append_mark(const struct walk *walk, PyObject *list, long line)
{
    PyObject *mark = line > 0 ? new_mark(walk, line) : NULL;
    int error = mark ? PyList_Append(list, mark) : -1;
    Py_XDECREF(mark);
    return error;
}

/* Whether a statement has to stay in front: a docstring or an import from __future__. */
static bool stays_first(const struct walk *walk, PyObject *statement, Py_ssize_t index)
{
    bool stays = false;
    if (is_a(statement, walk->import_from)) {
        PyObject *name = PyObject_GetAttrString(statement, "module");
        stays = name && PyUnicode_Check(name) &&
                PyUnicode_CompareWithASCIIString(name, "__future__") == 0;
        Py_XDECREF(name);
    } else if (index == 0 && is_a(statement, walk->expr)) {
        PyObject *value = PyObject_GetAttrString(statement, "value");
        stays = value && is_a(value, walk->constant);
        Py_XDECREF(value);
    }
    PyErr_Clear();
    return stays;
}

static int mark_statement(const struct walk *walk, PyObject *statement, long loop_line);

/* Marks a list of statements in place; `loop_line` is the header of the loop around it, 0: none. */
static int mark_list(const struct walk *walk, PyObject *list, long loop_line)
{
    PyObject *marked = PyList_New(0);
    int error = marked ? 0 : -1;
    for (Py_ssize_t i = 0; error == 0 && i < PyList_GET_SIZE(list); i++) {
        PyObject *statement = PyList_GET_ITEM(list, i);
        if (!stays_first(walk, statement, i))
            error = append_mark(walk, marked, line_of(statement));
        if (error == 0 && loop_line > 0 && is_a(statement, walk->continue_class))
            error = append_mark(walk, marked, loop_line);
        if (error == 0)
            error = mark_statement(walk, statement, loop_line);
        if (error == 0)
            error = PyList_Append(marked, statement);
    }
    if (error == 0)
        error = PyList_SetSlice(list, 0, PyList_GET_SIZE(list), marked);
    Py_XDECREF(marked);
    return error;
}

/* The list in a field of a node: a new reference, NULL if it has none. */
static PyObject *list_field(PyObject *node, const char *name)
{
    PyObject *list = PyObject_GetAttrString(node, name);
    if (!list || !PyList_Check(list))
        Py_CLEAR(list);
    PyErr_Clear();
    return list;
}

/* The body of an "except", whose own line is passed first, or of a "case". */
static int mark_branch(const struct walk *walk, PyObject *branch, long loop_line)
{
    PyObject *body = list_field(branch, "body"), *mark = NULL;
    int error = body ? mark_list(walk, body, loop_line) : 0;
    if (body && error == 0 && PyObject_HasAttrString(branch, "lineno")) {
        mark = new_mark(walk, int_attribute(branch, "lineno"));
        error = mark ? PyList_Insert(body, 0, mark) : -1;
    }
    Py_XDECREF(mark);
    Py_XDECREF(body);
    return error;
}

/* Marks one field that is a list of statements or of branches. */
static int mark_field(const struct walk *walk, PyObject *node, const char *name, long loop_line)
{
    PyObject *list = list_field(node, name);
    int error = 0;
    if (list && (strcmp(name, "handlers") == 0 || strcmp(name, "cases") == 0)) {
        for (Py_ssize_t i = 0; error == 0 && i < PyList_GET_SIZE(list); i++)
            error = mark_branch(walk, PyList_GET_ITEM(list, i), loop_line);
    } else if (list) {
        error = mark_list(walk, list, loop_line);
    }
    Py_XDECREF(list);
    return error;
}

static int mark_loop(const struct walk *walk, PyObject *loop, long outer_line)
{
    long line = line_of(loop);
    PyObject *body = PyObject_GetAttrString(loop, "body");
    int error = body && line > 0 ? mark_list(walk, body, line) : -1;
    if (error == 0)
        error = append_mark(walk, body, line);
    Py_XDECREF(body);
    return error == 0 ? mark_field(walk, loop, "orelse", outer_line) : error;
}

static int mark_statement(const struct walk *walk, PyObject *statement, long loop_line)
{
    static const char *const fields[] = {"body", "handlers", "orelse", "finalbody", "cases"};
    if (is_a(statement, walk->for_class) || is_a(statement, walk->async_for) ||
        is_a(statement, walk->while_class))
        return mark_loop(walk, statement, loop_line);
    if (PyObject_HasAttrString(statement, "decorator_list"))
        loop_line = 0; /* a function or class: what is in it belongs to no loop outside */
    int error = 0;
    for (size_t i = 0; error == 0 && i < sizeof fields / sizeof fields[0]; i++)
        error = mark_field(walk, statement, fields[i], loop_line);
    return error;
}

static int begin_walk(struct walk *walk)
{
    const struct {
        const char *name;
        PyObject **slot;
    } classes[] = {
        {"Expr", &walk->expr},
        {"UnaryOp", &walk->unary},
        {"Invert", &walk->invert},
        {"Constant", &walk->constant},
        {"Continue", &walk->continue_class},
        {"ImportFrom", &walk->import_from},
        {"For", &walk->for_class},
        {"AsyncFor", &walk->async_for},
        {"While", &walk->while_class},
    };
    walk->module = PyImport_ImportModule("_ast");
    for (size_t i = 0; walk->module && i < sizeof classes / sizeof classes[0]; i++) {
        *classes[i].slot = PyObject_GetAttrString(walk->module, classes[i].name);
        if (!*classes[i].slot)
            return -1;
        Py_DECREF(*classes[i].slot); /* the module keeps it */
    }
    return walk->module ? 0 : -1;
}

static int mark_tree(PyObject *tree)
{
    struct walk walk;
    int error = begin_walk(&walk);
    if (error == 0)
        error = mark_field(&walk, tree, "body", 0);
    Py_XDECREF(walk.module);
    return error;
}

/* --- the finished code ------------------------------------------------------------------------ */

/* The line that a constant stands for, 0 if it is another constant. */
static uint32_t marked_line(PyObject *constant)
{
    Py_ssize_t length;
    const char *text =
        PyUnicode_CheckExact(constant) ? PyUnicode_AsUTF8AndSize(constant, &length) : NULL;
    PyErr_Clear();
    if (!text || length <= PREFIX_LENGTH || memcmp(text, prefix, PREFIX_LENGTH) != 0)
        return 0;
    return (uint32_t)strtoul(text + PREFIX_LENGTH, NULL, 10);
}

/* What the markers of a file are made with. */
struct places {
    struct host *host;
    uint32_t file;
    PyObject *costs; /* {line: ns} */
};

static int64_t cost_of(const struct places *places, uint32_t line)
{
    PyObject *key = PyLong_FromUnsignedLong(line);
    PyObject *cost = key ? PyDict_GetItemWithError(places->costs, key) : NULL;
    Py_XDECREF(key);
    return cost ? PyLong_AsLongLong(cost) : 0;
}

static int place_markers(const struct places *places, PyObject *code)
{
    PyObject *constants = ((PyCodeObject *)code)->co_consts;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(constants); i++) {
        PyObject *constant = PyTuple_GET_ITEM(constants, i);
        uint32_t line = marked_line(constant);
        if (PyCode_Check(constant) && place_markers(places, constant) < 0)
            return -1;
        if (line == 0)
            continue;
        PyObject *marker =
            host_line_marker_new(places->host, places->file, line, cost_of(places, line));
        if (!marker)
            return -1;
        PyTuple_SET_ITEM(constants, i, marker);
        Py_DECREF(constant);
    }
    return 0;
}

/* The cost that a comment states at `at`, in nanoseconds; 0 if it states none. */
static int64_t stated_cost(const char *at)
{
    char *end;
    double seconds = PyOS_string_to_double(at, &end, NULL);
    PyErr_Clear();
    while (*end == ' ')
        end++;
    bool stated = end != at && *end == 's' && seconds > 0;
    return stated ? host_ns_of_seconds(seconds) : 0;
}

/* Which lines of a source text (bytes) say what they cost: {line: ns}. */
static PyObject *costs_of(PyObject *source)
{
    static const char mark[] = "# cost: ";
    PyObject *costs = PyDict_New();
    const char *at = PyBytes_Check(source) ? PyBytes_AS_STRING(source) : "", *found;
    for (unsigned long line = 1; costs && (found = strstr(at, mark)) != NULL;) {
        for (; at < found; at++)
            line += *at == '\n';
        at += sizeof mark - 1;
        PyObject *key = PyLong_FromUnsignedLong(line);
        PyObject *cost = PyLong_FromLongLong(stated_cost(at));
        if (!key || !cost || PyDict_SetItem(costs, key, cost) < 0)
            Py_CLEAR(costs);
        Py_XDECREF(key);
        Py_XDECREF(cost);
    }
    return costs;
}

/* compile(source, path, "exec", flags, dont_inherit=True) */
static PyObject *call_compile(PyObject *source, PyObject *path, int flags)
{
    PyObject *compile = PyDict_GetItemString(PyEval_GetBuiltins(), "compile");
    return compile ? PyObject_CallFunction(compile, "OOsii", source, path, "exec", flags, 1) : NULL;
}

uint32_t host_file_id(struct host *host, PyObject *path)
{
    Py_ssize_t end = PyUnicode_GET_LENGTH(path), from = 0, length;
    if (PyUnicode_Compare(path, host->script) == 0)
        from = PyUnicode_FindChar(path, '/', 0, end, -1) + 1;
    else if (PyUnicode_Tailmatch(path, host->directory, 0, PY_SSIZE_T_MAX, -1) == 1)
        from = PyUnicode_GET_LENGTH(host->directory);
    PyObject *rest = PyUnicode_Substring(path, from, end);
    const char *bytes = rest ? PyUnicode_AsUTF8AndSize(rest, &length) : NULL;
    uint32_t id = bytes ? sim_trace_intern(host->world.trace, bytes, (size_t)length) : 0;
    PyErr_Clear();
    Py_XDECREF(rest);
    return id;
}

PyObject *host_compile(struct host *host, PyObject *source, PyObject *path, PyObject *params)
{
    struct places places = {.host = host, .costs = costs_of(source)};
    bool marks = places.costs && (host->world.trace || PyDict_GET_SIZE(places.costs) > 0);
    PyObject *tree = places.costs ? call_compile(source, path, PyCF_ONLY_AST) : NULL, *code = NULL;
    if (tree && params && host_params_apply(params, tree, source, path) < 0)
        Py_CLEAR(tree);
    if (tree && (!marks || mark_tree(tree) == 0))
        code = call_compile(tree, path, 0);
    if (code && marks) {
        places.file = host_file_id(host, path);
        if (place_markers(&places, code) < 0)
            Py_CLEAR(code);
    }
    Py_XDECREF(places.costs);
    Py_XDECREF(tree);
    return code;
}
