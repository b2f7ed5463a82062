/* Modules of the standard library that are changed as soon as the script imports them, and not
 * imported if the script does not. */
#include "future.h"
#include "script.h"
#include "thread.h"

/* _is_coroutine_function(object): whether it is one of ours. */
static PyObject *is_coroutine_function(PyObject *module, PyObject *object)
{
    return PyBool_FromLong(host_is_coroutine_function(module, object));
}

static PyMethodDef helpers[] = {
    {"_is_coroutine_function", is_coroutine_function, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

/* Of random the seed, of uuid clock and network are not the system's; inspect is told what
 * "async def" would have told it, and that methods need not get self by position. */
static const struct {
    const char *name;
    struct host_embedded change;
} changes[] = {
    {"random",
     {"random", "<frozen random>",
      "import os, random\n"
      "def change(plain):\n"
      "    def seed(self, a=None, version=2):\n"
      "        plain(self, int.from_bytes(os.urandom(16), 'big') if a is None else a, version)\n"
      "    random.Random.seed = seed\n"
      "    random.seed = random._inst.seed\n"
      "    random.seed(0)\n"
      "change(random.Random.seed)\n",
      NULL}},
    {"uuid",
     {"uuid", "<frozen uuid>",
      "import uuid\n"
      "uuid._generate_time_safe = None\n"
      "uuid._node = 0x020000000001\n",
      NULL}},
    {"inspect",
     {"inspect", "<frozen inspect>",
      "import inspect\n"
      "def change(plain, asked=inspect.CO_COROUTINE):\n"
      "    def _has_code_flag(f, flag):\n"
      "        return plain(f, flag) or flag == asked and _is_coroutine_function(f)\n"
      "    inspect._has_code_flag = _has_code_flag\n"
      "change(inspect._has_code_flag)\n"
      "def change(plain):\n"
      "    def _signature_fromstr(cls, obj, s, skip_bound_arg=True):\n"
      "        found = plain(cls, obj, s, skip_bound_arg)\n"
      "        owner = getattr(obj, '__objclass__', None)\n"
      "        if not owner or '/' in s or not owner.__module__.startswith('asyncio.'):\n"
      "            return found\n"
      "        first, *rest = found.parameters.values()\n"
      "        first = first.replace(kind=first.POSITIONAL_OR_KEYWORD)\n"
      "        return found.replace(parameters=[first, *rest])\n"
      "    inspect._signature_fromstr = _signature_fromstr\n"
      "change(inspect._signature_fromstr)\n",
      helpers}},
};

static bool change(struct host *host, const char *name)
{
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        if (strcmp(changes[i].name, name) != 0 ||
            (host->changing && strcmp(host->changing, name) == 0))
            continue;
        const char *outer = host->changing;
        host->changing = name;
        PyObject *done = host_embedded_run(host, &changes[i].change);
        host->changing = outer;
        Py_XDECREF(done);
        PyErr_Clear(); /* the script's own import shows what is wrong */
        return true;
    }
    return false;
}

static int audit(const char *event, PyObject *args, void *user)
{
    struct host *host = user;
    if (strcmp(event, "import") != 0 || !PyTuple_Check(args) || PyTuple_GET_SIZE(args) < 1)
        return 0;
    PyObject *name = PyTuple_GET_ITEM(args, 0);
    const char *text = PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
    if (!text || change(host, text))
        return 0;
    if (strncmp(text, "asyncio.", 8) == 0)
        host_surface_import(host, text + 8);
    else
        host_pools_import(host, text);
    return 0;
}

int host_changes_setup(struct host *host)
{
    return PySys_AddAuditHook(audit, host);
}
