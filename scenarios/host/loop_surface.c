/* Methods of event loops that do nothing here: those of AbstractEventLoop, and those that would
 * need sockets, pipes, processes or signals. */
#include "loop.h"

/* --- what is not simulated -------------------------------------------------------------------- */

/* X(name, what it would need) */
#define NOT_SIMULATED(X)                                                                           \
    X(getaddrinfo, "sockets")                                                                      \
    X(getnameinfo, "sockets")                                                                      \
    X(create_connection, "sockets")                                                                \
    X(create_server, "sockets")                                                                    \
    X(create_unix_connection, "sockets")                                                           \
    X(create_unix_server, "sockets")                                                               \
    X(create_datagram_endpoint, "sockets")                                                         \
    X(connect_accepted_socket, "sockets")                                                          \
    X(sendfile, "sockets")                                                                         \
    X(start_tls, "sockets")                                                                        \
    X(sock_recv, "sockets")                                                                        \
    X(sock_recv_into, "sockets")                                                                   \
    X(sock_recvfrom, "sockets")                                                                    \
    X(sock_recvfrom_into, "sockets")                                                               \
    X(sock_sendall, "sockets")                                                                     \
    X(sock_sendto, "sockets")                                                                      \
    X(sock_connect, "sockets")                                                                     \
    X(sock_accept, "sockets")                                                                      \
    X(sock_sendfile, "sockets")                                                                    \
    X(add_reader, "file descriptors")                                                              \
    X(remove_reader, "file descriptors")                                                           \
    X(add_writer, "file descriptors")                                                              \
    X(remove_writer, "file descriptors")                                                           \
    X(connect_read_pipe, "pipes")                                                                  \
    X(connect_write_pipe, "pipes")                                                                 \
    X(subprocess_exec, "subprocesses")                                                             \
    X(subprocess_shell, "subprocesses")                                                            \
    X(add_signal_handler, "signals")                                                               \
    X(remove_signal_handler, "signals")

#define REFUSE(name, needs)                                                                        \
    static PyObject *refuse_##name(PyObject *Py_UNUSED(self), PyObject *const *Py_UNUSED(args),    \
                                   Py_ssize_t Py_UNUSED(count), PyObject *Py_UNUSED(keywords))     \
    {                                                                                              \
        PyErr_SetString(PyExc_NotImplementedError,                                                 \
                        "loop." #name "() is not simulated: there are no " needs " here");         \
        return NULL;                                                                               \
    }
NOT_SIMULATED(REFUSE)
#undef REFUSE

#define REFUSED(name, needs) {#name, HOST_METHOD(refuse_##name), HOST_KEYWORDS, NULL},
PyMethodDef host_loop_refused_methods[] = {NOT_SIMULATED(REFUSED){NULL, NULL, 0, NULL}};
#undef REFUSED

/* --- AbstractEventLoop ------------------------------------------------------------------------ */

static PyObject *abstract(PyObject *Py_UNUSED(self), PyObject *const *Py_UNUSED(args),
                          Py_ssize_t Py_UNUSED(count), PyObject *Py_UNUSED(keywords))
{
    PyErr_SetNone(PyExc_NotImplementedError);
    return NULL;
}

#define ABSTRACT(name)                                                                             \
    {                                                                                              \
        name, HOST_METHOD(abstract), HOST_KEYWORDS, NULL                                           \
    }
#define ABSTRACT_TOO(name, needs) ABSTRACT(#name),
PyMethodDef host_abstract_loop_methods[] = {
    ABSTRACT("run_forever"),
    ABSTRACT("run_until_complete"),
    ABSTRACT("stop"),
    ABSTRACT("is_running"),
    ABSTRACT("is_closed"),
    ABSTRACT("close"),
    ABSTRACT("shutdown_asyncgens"),
    ABSTRACT("shutdown_default_executor"),
    ABSTRACT("call_soon"),
    ABSTRACT("call_soon_threadsafe"),
    ABSTRACT("call_later"),
    ABSTRACT("call_at"),
    ABSTRACT("time"),
    ABSTRACT("create_future"),
    ABSTRACT("create_task"),
    ABSTRACT("run_in_executor"),
    ABSTRACT("set_default_executor"),
    ABSTRACT("set_task_factory"),
    ABSTRACT("get_task_factory"),
    ABSTRACT("get_exception_handler"),
    ABSTRACT("set_exception_handler"),
    ABSTRACT("default_exception_handler"),
    ABSTRACT("call_exception_handler"),
    ABSTRACT("get_debug"),
    ABSTRACT("set_debug"),
    NOT_SIMULATED(ABSTRACT_TOO){NULL, NULL, 0, NULL},
};
#undef ABSTRACT_TOO
#undef ABSTRACT
