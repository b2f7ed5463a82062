/* asyncio.TaskGroup. */
#include "future.h"
#include "loop.h"
#include "operation.h"
#include "places.h"
#include "task.h"

#include "sim/group.h"

#include <structmember.h>

struct group {
    PyObject_HEAD
    PyObject *dict, *weakrefs;
    struct sim_group group;
};

static struct group *group_of(void *self)
{
    return self;
}

/* --- what the scheduler asks about errors ----------------------------------------------------- */

sim_value host_exception_group(struct sim_world *world, const sim_value *errors, uint32_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count), *group = NULL;
    for (uint32_t i = 0; list && i < count; i++)
        PyList_SET_ITEM(list, (Py_ssize_t)i, Py_NewRef((PyObject *)errors[i]));
    if (list)
        group = PyObject_CallFunction(PyExc_BaseExceptionGroup, "sO",
                                      "unhandled errors in a TaskGroup", list);
    Py_XDECREF(list);
    if (!group) {
        PyErr_Clear();
        sim_world_fail(world, SIM_ENOMEM);
        return NULL;
    }
    PyException_SetCause(group, NULL); /* raised "from None" */
    return group;
}

bool host_is_base_error(struct sim_world *world, sim_value exception)
{
    (void)world;
    return PyObject_TypeCheck((PyObject *)exception, (PyTypeObject *)PyExc_SystemExit) ||
           PyObject_TypeCheck((PyObject *)exception, (PyTypeObject *)PyExc_KeyboardInterrupt);
}

void host_lost_error(struct sim_task *task, struct sim_task *parent, sim_value exception)
{
    PyObject *object = (PyObject *)host_task_of(task);
    PyObject *message =
        PyUnicode_FromFormat("Task %R has errored out but its parent task %S is already completed",
                             object, (PyObject *)host_task_of(parent));
    const char *text = message ? PyUnicode_AsUTF8(message) : NULL;
    if (text)
        host_report(host_loop_of(task->future.loop), text, exception, "task", object);
    PyErr_Clear();
    Py_XDECREF(message);
}

/* --- tasks ------------------------------------------------------------------------------------ */

static bool check_open(struct group *self)
{
    static const char *const complaints[] = {
        [SIM_GROUP_NOT_ENTERED] = "TaskGroup %R has not been entered",
        [SIM_GROUP_FINISHED] = "TaskGroup %R is finished",
        [SIM_GROUP_SHUTTING_DOWN] = "TaskGroup %R is shutting down",
    };
    enum sim_group_state state = sim_group_state(&self->group);
    if (state == SIM_GROUP_OPEN)
        return true;
    PyErr_Format(PyExc_RuntimeError, complaints[state], self);
    return false;
}

static PyObject *group_create_task(PyObject *object, PyObject *const *args, Py_ssize_t count,
                                   PyObject *keywords)
{
    static const struct host_signature signature = {
        "TaskGroup.create_task", {"coro", "name", "context"}, 1, 1};
    struct group *self = group_of(object);
    struct host *host = host_of_type(Py_TYPE(object));
    PyObject *given[4];
    static const struct host_place place = HOST_PLACE("taskgroups", "TaskGroup.create_task",
                                                      "task = self._loop.create_task(coro"),
                                   refused = HOST_PLACE("taskgroups", "TaskGroup.create_task",
                                                        "raise RuntimeError");
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    if (!check_open(self)) {
        host_place_raise(host, &refused, object, given[0]);
        return NULL;
    }
    struct host_loop *loop = host_loop_of(self->group.loop);
    if (given[1] && given[1] != Py_None && !loop->task_factory)
        host->names_given++; /* CPython names the task twice */
    PyObject *task = host_create_task(loop, given[0], given[1], given[2]);
    if (!task)
        return NULL;
    if (!PyObject_TypeCheck(task, host->task_type)) {
        PyErr_Format(PyExc_TypeError, "a task is required, not '%.100s'", Py_TYPE(task)->tp_name);
        Py_CLEAR(task);
    } else if (loop->debug) {
        host_made_at(task, &place);
    }
    if (task && sim_group_add(&self->group, sim_task_of(host_future_of(task))) < 0) {
        PyErr_NoMemory();
        Py_CLEAR(task);
    }
    return task;
}

/* --- the block -------------------------------------------------------------------------------- */

static PySendResult enter_step(struct host_coro *coro, PyObject *value, PyObject **result)
{
    struct group *self = group_of(coro->self);
    struct host_loop *loop = host_of((PyObject *)coro)->running;
    if (!value)
        return PYGEN_ERROR;
    if (!loop && !self->group.entered) {
        self->group.entered = true;
        PyErr_SetString(PyExc_RuntimeError, "no running event loop");
        return PYGEN_ERROR;
    }
    int error = sim_group_enter(&self->group, &loop->loop);
    if (error < 0) {
        PyErr_Format(PyExc_RuntimeError,
                     error == SIM_ESTATE ? "TaskGroup %R has been already entered"
                                         : "TaskGroup %R cannot determine the parent task",
                     self);
        return PYGEN_ERROR;
    }
    *result = Py_NewRef(coro->self);
    return PYGEN_RETURN;
}

static PyObject *group_enter(PyObject *self, PyObject *Py_UNUSED(unused))
{
    static const struct host_coro_ops ops = {
        .name = "__aenter__",
        .qualname = "TaskGroup.__aenter__",
        .step = enter_step,
        .place = HOST_PLACE("taskgroups", "TaskGroup.__aenter__", "raise RuntimeError")};
    return host_coro_new(host_of_type(Py_TYPE(self)), &ops, self);
}

/* Cancels a task; whether those who wait for what it waits for cannot be told. */
static int cancel_stranded(void *user, struct sim_task *task)
{
    const struct host_loop **closed = user;
    if (sim_future_done(&task->future))
        return 0;
    *closed = host_cancel_strands(&task->future);
    sim_future_cancel(&task->future, NULL);
    return *closed != NULL;
}

/* A block that fails when its loop is closed may fail to cancel its tasks. */
static bool check_loop(struct sim_group *group)
{
    const struct host_loop *closed = NULL;
    if (group->aborting || !host_loop_of(group->loop)->closed)
        return true;
    if (!sim_group_each(group, cancel_stranded, &closed)) {
        group->aborting = true; /* they are cancelled */
        return true;
    }
    return host_loop_check_open(closed) == 0;
}

/* `local` is (type, exception): how the block ended. */
static int begin_exit(struct host_operation *self)
{
    const struct host *host = host_of((PyObject *)self);
    PyObject *type = PyTuple_GET_ITEM(self->coro.local, 0);
    PyObject *error = PyTuple_GET_ITEM(self->coro.local, 1);
    struct sim_group *group = &group_of(self->coro.self)->group;
    enum sim_flag_resume how = type == Py_None                 ? SIM_RESUME_SEND
                               : type == host->cancelled_error ? SIM_RESUME_CANCEL
                                                               : SIM_RESUME_THROW;
    if (!group->parent) {
        PyErr_Format(PyExc_RuntimeError, "TaskGroup %R has not been entered", self->coro.self);
        return -1;
    }
    if (how != SIM_RESUME_SEND && !check_loop(group))
        return -1;
    sim_group_exit_init(host_operation_frame(self), group, how, error == Py_None ? NULL : error);
    return 0;
}

/* The exception itself is one of the variables: it keeps itself alive. */
static PyObject *kept_by_exit(struct host_operation *self)
{
    PyObject *type, *error, *traceback;
    PyErr_Fetch(&type, &error, &traceback);
    PyObject *kept = PyTuple_Pack(2, self->coro.local, error);
    PyErr_Restore(type, error, traceback);
    return kept;
}

static int visit_exit(const void *frame, visitproc visit, void *arg)
{
    const struct sim_group_exit *leave = frame;
    int error = host_visit_value(leave->body.value, visit, arg);
    return error ? error : host_visit_value(leave->propagate.value, visit, arg);
}

static const struct host_place *where_exit_is(const struct host_coro *coro, bool raises)
{
    static const char function[] = "TaskGroup.__aexit__";
    static const struct host_place group = HOST_PLACE("taskgroups", function, "raise me from None"),
                                   fatal =
                                       HOST_PLACE("taskgroups", function, "raise self._base_error"),
                                   cancelled = HOST_PLACE("taskgroups", function,
                                                          "raise propagate_cancellation_error");
    const struct host *host = host_of((PyObject *)(void *)(uintptr_t)coro);
    if (!raises)
        return &coro->ops->place;
    return PyErr_ExceptionMatches(PyExc_BaseExceptionGroup) ? &group
           : PyErr_ExceptionMatches(host->cancelled_error)  ? &cancelled
                                                            : &fatal;
}

static PyObject *group_exit(PyObject *self, PyObject *const *args, Py_ssize_t count,
                            PyObject *keywords)
{
    static const struct host_signature signature = {
        "TaskGroup.__aexit__", {"et", "exc", "tb"}, 3, 3};
    static const struct host_operation_ops ops = {
        .coro = {.name = "__aexit__",
                 .qualname = "TaskGroup.__aexit__",
                 .step = host_operation_step,
                 .awaits = host_operation_awaits,
                 .place = HOST_PLACE("taskgroups", "TaskGroup.__aexit__",
                                     "await self._on_completed_fut"),
                 .where = where_exit_is},
        .size = sizeof(struct sim_group_exit),
        .begin = begin_exit,
        .keeps = kept_by_exit,
        .visit = visit_exit,
        .result = host_result_none};
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    PyObject *local = PyTuple_Pack(2, given[0], given[1]);
    struct host_operation *leave =
        local ? host_operation_new(host_of_type(Py_TYPE(self)), &ops, self) : NULL;
    if (leave)
        leave->coro.local = local;
    else
        Py_XDECREF(local);
    return (PyObject *)leave;
}

/* --- the type --------------------------------------------------------------------------------- */

static PyObject *group_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                           PyObject *Py_UNUSED(keywords))
{
    PyObject *self = type->tp_alloc(type, 0);
    if (!self)
        return NULL;
    sim_group_init(&group_of(self)->group);
    group_of(self)->group.owner = self;
    return self;
}

static int group_init(PyObject *Py_UNUSED(self), PyObject *args, PyObject *keywords)
{
    static const struct host_signature signature = {"TaskGroup.__init__", {NULL}, 0, 0};
    PyObject *given[4];
    return host_init_args(&signature, args, keywords, given) ? 0 : -1;
}

struct visitor {
    visitproc visit;
    void *arg;
};

static int visit_child(void *user, struct sim_task *task)
{
    const struct visitor *visitor = user;
    return visitor->visit((PyObject *)host_task_of(task), visitor->arg);
}

static int group_traverse(PyObject *object, visitproc visit, void *arg)
{
    const struct sim_group *group = &group_of(object)->group;
    struct visitor visitor = {visit, arg};
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(group_of(object)->dict);
    if (!group->parent)
        return 0;
    Py_VISIT(host_object_of(&group->parent->future));
    for (uint32_t i = 0; i < group->error_count; i++)
        Py_VISIT((PyObject *)group->errors[i]);
    Py_VISIT((PyObject *)group->base_error);
    int error = host_visit_future(group->waiter, visit, arg);
    return error ? error : sim_group_each(group, visit_child, &visitor);
}

static int group_clear(PyObject *object)
{
    sim_group_fini(&group_of(object)->group);
    Py_CLEAR(group_of(object)->dict);
    return 0;
}

static void group_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    if (group_of(self)->weakrefs)
        PyObject_ClearWeakRefs(self);
    group_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *group_repr(PyObject *object)
{
    const struct sim_group *group = &group_of(object)->group;
    char tasks[32] = "", errors[32] = "";
    if (group->pending > 0)
        snprintf(tasks, sizeof tasks, " tasks=%u", group->pending);
    if (group->error_count > 0)
        snprintf(errors, sizeof errors, " errors=%u", group->error_count);
    return PyUnicode_FromFormat("<TaskGroup%s%s%s>", tasks, errors,
                                group->aborting  ? " cancelling"
                                : group->entered ? " entered"
                                                 : "");
}

static PyMethodDef methods[] = {
    {"create_task", HOST_METHOD(group_create_task), HOST_KEYWORDS,
     HOST_DOC("create_task($self, coro, *, name=None, context=None)", "")},
    {"__aenter__", group_enter, METH_NOARGS, HOST_DOC("__aenter__($self)", "")},
    {"__aexit__", HOST_METHOD(group_exit), HOST_KEYWORDS,
     HOST_DOC("__aexit__($self, et, exc, tb)", "")},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef members[] = {
    {"__dictoffset__", T_PYSSIZET, offsetof(struct group, dict), READONLY, NULL},
    {"__weaklistoffset__", T_PYSSIZET, offsetof(struct group, weakrefs), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_new, group_new),
    HOST_SLOT(Py_tp_init, group_init),
    HOST_SLOT(Py_tp_dealloc, group_dealloc),
    HOST_SLOT(Py_tp_traverse, group_traverse),
    HOST_SLOT(Py_tp_clear, group_clear),
    HOST_SLOT(Py_tp_repr, group_repr),
    {Py_tp_methods, methods},
    {Py_tp_members, members},
    {Py_tp_doc, HOST_DOC("TaskGroup()", "")},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "asyncio.taskgroups.TaskGroup",
    .basicsize = sizeof(struct group),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};

int host_group_setup(struct host *host)
{
    PyTypeObject *type = host_type_new(host, &spec, NULL, true);
    Py_XDECREF(type);
    return type ? 0 : -1;
}
