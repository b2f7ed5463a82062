/* Methods of event loops that do nothing here: those of AbstractEventLoop, and those that would
 * need sockets, pipes, processes or signals. */
#include "loop.h"

/* --- what is not simulated -------------------------------------------------------------------- */

/* X(name, what it would need, whether it is a coroutine function, its parameters) */
#define NOT_SIMULATED(X)                                                                           \
    X(getaddrinfo, "sockets", true, ", host, port, *, family=0, type=0, proto=0, flags=0")         \
    X(getnameinfo, "sockets", true, ", sockaddr, flags=0")                                         \
    X(create_connection, "sockets", true,                                                          \
      ", protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0, "        \
      "sock=None, local_addr=None, server_hostname=None, ssl_handshake_timeout=None, "             \
      "ssl_shutdown_timeout=None, happy_eyeballs_delay=None, interleave=None")                     \
    X(create_server, "sockets", true,                                                              \
      ", protocol_factory, host=None, port=None, *, family=0, flags=1, sock=None, backlog=100, "   \
      "ssl=None, reuse_address=None, reuse_port=None, ssl_handshake_timeout=None, "                \
      "ssl_shutdown_timeout=None, start_serving=True")                                             \
    X(create_unix_connection, "sockets", true,                                                     \
      ", protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None, "              \
      "ssl_handshake_timeout=None, ssl_shutdown_timeout=None")                                     \
    X(create_unix_server, "sockets", true,                                                         \
      ", protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, "                       \
      "ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True")                 \
    X(create_datagram_endpoint, "sockets", true,                                                   \
      ", protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0, flags=0, "     \
      "reuse_port=None, allow_broadcast=None, sock=None")                                          \
    X(connect_accepted_socket, "sockets", true,                                                    \
      ", protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None, "                        \
      "ssl_shutdown_timeout=None")                                                                 \
    X(sendfile, "sockets", true, ", transport, file, offset=0, count=None, *, fallback=True")      \
    X(start_tls, "sockets", true,                                                                  \
      ", transport, protocol, sslcontext, *, server_side=False, server_hostname=None, "            \
      "ssl_handshake_timeout=None, ssl_shutdown_timeout=None")                                     \
    X(sock_recv, "sockets", true, ", sock, n")                                                     \
    X(sock_recv_into, "sockets", true, ", sock, buf")                                              \
    X(sock_recvfrom, "sockets", true, ", sock, bufsize")                                           \
    X(sock_recvfrom_into, "sockets", true, ", sock, buf, nbytes=0")                                \
    X(sock_sendall, "sockets", true, ", sock, data")                                               \
    X(sock_sendto, "sockets", true, ", sock, data, address")                                       \
    X(sock_connect, "sockets", true, ", sock, address")                                            \
    X(sock_accept, "sockets", true, ", sock")                                                      \
    X(sock_sendfile, "sockets", true, ", sock, file, offset=0, count=None, *, fallback=True")      \
    X(add_reader, "file descriptors", false, ", fd, callback, *args")                              \
    X(remove_reader, "file descriptors", false, ", fd")                                            \
    X(add_writer, "file descriptors", false, ", fd, callback, *args")                              \
    X(remove_writer, "file descriptors", false, ", fd")                                            \
    X(connect_read_pipe, "pipes", true, ", protocol_factory, pipe")                                \
    X(connect_write_pipe, "pipes", true, ", protocol_factory, pipe")                               \
    X(subprocess_exec, "subprocesses", true,                                                       \
      ", protocol_factory, program, *args, stdin=-1, stdout=-1, stderr=-1, "                       \
      "universal_newlines=False, shell=False, bufsize=0, encoding=None, errors=None, text=None, "  \
      "**kwargs")                                                                                  \
    X(subprocess_shell, "subprocesses", true,                                                      \
      ", protocol_factory, cmd, *, stdin=-1, stdout=-1, stderr=-1, universal_newlines=False, "     \
      "shell=True, bufsize=0, encoding=None, errors=None, text=None, **kwargs")                    \
    X(add_signal_handler, "signals", false, ", sig, callback, *args")                              \
    X(remove_signal_handler, "signals", false, ", sig")

#define REFUSE(name, needs, async, parameters)                                                     \
    static PyObject *refuse_##name(PyObject *Py_UNUSED(self), PyObject *const *Py_UNUSED(args),    \
                                   Py_ssize_t Py_UNUSED(count), PyObject *Py_UNUSED(keywords))     \
    {                                                                                              \
        PyErr_SetString(PyExc_NotImplementedError,                                                 \
                        "loop." #name "() is not simulated: there are no " needs " here");         \
        return NULL;                                                                               \
    }
NOT_SIMULATED(REFUSE)
#undef REFUSE

#define REFUSED(name, needs, async, parameters)                                                    \
    {#name, HOST_METHOD(refuse_##name), HOST_KEYWORDS, HOST_DOC(#name "($self" parameters ")", "")},
PyMethodDef host_loop_refused_methods[] = {NOT_SIMULATED(REFUSED){NULL, NULL, 0, NULL}};
#undef REFUSED

bool host_loop_is_refused_coroutine(const char *name)
{
#define IS_COROUTINE(refused, needs, async, parameters) {#refused, async},
    static const struct {
        const char *name;
        bool async;
    } all[] = {NOT_SIMULATED(IS_COROUTINE)};
#undef IS_COROUTINE
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(name, all[i].name) == 0)
            return all[i].async;
    }
    return false;
}

/* --- AbstractEventLoop ------------------------------------------------------------------------ */

static PyObject *abstract(PyObject *Py_UNUSED(self), PyObject *const *Py_UNUSED(args),
                          Py_ssize_t Py_UNUSED(count), PyObject *Py_UNUSED(keywords))
{
    PyErr_SetNone(PyExc_NotImplementedError);
    return NULL;
}

#define ABSTRACT(name, parameters)                                                                 \
    {                                                                                              \
        name, HOST_METHOD(abstract), HOST_KEYWORDS, HOST_DOC(name "($self" parameters ")", "")     \
    }
#define ABSTRACT_TOO(name, needs, async, parameters) ABSTRACT(#name, parameters),
PyMethodDef host_abstract_loop_methods[] = {
    ABSTRACT("run_forever", ""),
    ABSTRACT("run_until_complete", ", future"),
    ABSTRACT("stop", ""),
    ABSTRACT("is_running", ""),
    ABSTRACT("is_closed", ""),
    ABSTRACT("close", ""),
    ABSTRACT("shutdown_asyncgens", ""),
    ABSTRACT("shutdown_default_executor", ""),
    ABSTRACT("call_soon", ", callback, *args, context=None"),
    ABSTRACT("call_soon_threadsafe", ", callback, *args, context=None"),
    ABSTRACT("call_later", ", delay, callback, *args, context=None"),
    ABSTRACT("call_at", ", when, callback, *args, context=None"),
    ABSTRACT("time", ""),
    ABSTRACT("create_future", ""),
    ABSTRACT("create_task", ", coro, *, name=None, context=None"),
    ABSTRACT("run_in_executor", ", executor, func, *args"),
    ABSTRACT("set_default_executor", ", executor"),
    ABSTRACT("set_task_factory", ", factory"),
    ABSTRACT("get_task_factory", ""),
    ABSTRACT("get_exception_handler", ""),
    ABSTRACT("set_exception_handler", ", handler"),
    ABSTRACT("default_exception_handler", ", context"),
    ABSTRACT("call_exception_handler", ", context"),
    ABSTRACT("get_debug", ""),
    ABSTRACT("set_debug", ", enabled"),
    NOT_SIMULATED(ABSTRACT_TOO)
    /* Those whose parameters differ: what stands last counts. */
    ABSTRACT("create_datagram_endpoint",
             ", protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0, "
             "flags=0, reuse_address=None, reuse_port=None, allow_broadcast=None, sock=None"),
    ABSTRACT("sock_recv", ", sock, nbytes"),
    ABSTRACT("sock_sendfile", ", sock, file, offset=0, count=None, *, fallback=None"),
    ABSTRACT("subprocess_exec",
             ", protocol_factory, *args, stdin=-1, stdout=-1, stderr=-1, **kwargs"),
    ABSTRACT("subprocess_shell",
             ", protocol_factory, cmd, *, stdin=-1, stdout=-1, stderr=-1, **kwargs"),
    {NULL, NULL, 0, NULL},
};
#undef ABSTRACT_TOO
#undef ABSTRACT
