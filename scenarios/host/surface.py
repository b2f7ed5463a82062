"""What asyncio has besides its coroutines, tasks and locks: policies, Runner, submodules.

Run as a module when a script first asks for one of these names.  Submodules that schedule nothing
themselves are the standard library's own; the others are views of the module asyncio.
"""
import asyncio
import importlib.util
import os
import sys
import types
from _contextvars import copy_context as _copy_context

FOLDER = os.path.join(os.path.dirname(os.__file__), "asyncio")

NAMES = {
    "base_events": "BaseEventLoop Server",
    "coroutines": "iscoroutinefunction iscoroutine",
    "events": """AbstractEventLoopPolicy AbstractEventLoop AbstractServer Handle TimerHandle
        get_event_loop_policy set_event_loop_policy get_event_loop set_event_loop new_event_loop
        get_child_watcher set_child_watcher get_running_loop _get_running_loop
        _set_running_loop""",
    "exceptions": """BrokenBarrierError CancelledError InvalidStateError TimeoutError
        IncompleteReadError LimitOverrunError SendfileNotAvailableError""",
    "futures": "Future wrap_future isfuture",
    "locks": "Lock Event Condition Semaphore BoundedSemaphore Barrier",
    "mixins": "",
    "queues": "Queue PriorityQueue LifoQueue QueueFull QueueEmpty",
    "runners": "Runner run",
    "selector_events": "",
    "taskgroups": "TaskGroup",
    "tasks": """Task create_task FIRST_COMPLETED FIRST_EXCEPTION ALL_COMPLETED wait wait_for
        as_completed sleep gather shield ensure_future run_coroutine_threadsafe current_task
        all_tasks _enter_task _leave_task _register_task _unregister_task""",
    "threads": "to_thread",
    "timeouts": "Timeout timeout timeout_at",
    "unix_events": """SelectorEventLoop AbstractChildWatcher SafeChildWatcher FastChildWatcher
        PidfdChildWatcher MultiLoopChildWatcher ThreadedChildWatcher DefaultEventLoopPolicy""",
}

# Of the standard library, and what the module asyncio shows of them.
STANDARD = {
    "base_futures": "",
    "base_subprocess": "",
    "base_tasks": "",
    "constants": "",
    "format_helpers": "",
    "log": "",
    "protocols": "BaseProtocol Protocol DatagramProtocol SubprocessProtocol BufferedProtocol",
    "proactor_events": "",
    "sslproto": "",
    "staggered": "",
    "streams": """StreamReader StreamWriter StreamReaderProtocol open_connection start_server
        open_unix_connection start_unix_server""",
    "subprocess": "create_subprocess_exec create_subprocess_shell",
    "trsock": "",
    "transports": """BaseTransport ReadTransport WriteTransport Transport DatagramTransport
        SubprocessTransport""",
}

# Names of submodules that asyncio itself does not have.
PRIVATE = {
    "_is_coroutine": "coroutines",
    "_ContextManagerMixin": "locks",
    "_LoopBoundMixin": "mixins",
    "BaseSelectorEventLoop": "selector_events",
}

_SHOWN_BY = {name: module for module, names in STANDARD.items() for name in names.split()}


# --- submodules ------------------------------------------------------------------------------------


class _View(types.ModuleType):
    """A submodule whose names are those of asyncio."""

    def __getattr__(self, name):
        short = self.__name__.rpartition(".")[2]
        if name in NAMES[short].split():
            value = getattr(asyncio, name)
        elif PRIVATE.get(name) == short:
            loop = name == "BaseSelectorEventLoop"
            value = asyncio.SelectorEventLoop if loop else _private(name)
        elif short == "events" and name == "_get_event_loop":
            value = asyncio.get_event_loop
        elif name in NAMES or name in STANDARD:
            value = submodule(name)
        else:
            raise AttributeError(f"module '{self.__name__}' has no attribute '{name}'")
        setattr(self, name, value)
        return value


def submodule(name):
    """asyncio.NAME, None if there is no such module."""
    full_name = f"asyncio.{name}"
    if full_name in sys.modules:
        return sys.modules[full_name]
    if name in NAMES:
        module = sys.modules[full_name] = _View(full_name)
        module.__all__ = tuple(NAMES[name].split())
    elif name in STANDARD:
        spec = importlib.util.spec_from_file_location(
            full_name, os.path.join(FOLDER, f"{name}.py")
        )
        module = sys.modules[full_name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    else:
        return None
    return module


def attribute(name):
    """asyncio.NAME, for a name that is not there yet."""
    if name == "__all__":
        names = " ".join([*NAMES.values(), *STANDARD.values()]).split()
        names.remove("TaskGroup")  # as it is in CPython 3.11
        return tuple(names)
    if name in _SHOWN_BY:
        return getattr(submodule(_SHOWN_BY[name]), name)
    if name in _HERE:
        return _HERE[name]
    module = submodule(name)
    if module is None:
        raise AttributeError(f"module 'asyncio' has no attribute '{name}'")
    return module


def names(there):
    """dir(asyncio): also what is not there yet."""
    shown = {name for each in (*NAMES.values(), *STANDARD.values()) for name in each.split()}
    modules = {*NAMES, *STANDARD} - {"proactor_events"}  # that one CPython imports on Windows only
    return sorted(({*shown, *modules, "__all__", "sys"} | there.keys()) - {"__dir__", "__getattr__"})


# --- exceptions of streams -------------------------------------------------------------------------


class SendfileNotAvailableError(RuntimeError):
    """The system cannot send this file as it is."""


class IncompleteReadError(EOFError):
    """A read ended too early: with `partial`, while `expected` bytes were wanted."""

    def __init__(self, partial, expected):
        wanted = "undefined" if expected is None else repr(expected)
        super().__init__(f"{len(partial)} bytes read on a total of {wanted} expected bytes")
        self.partial = partial
        self.expected = expected

    def __reduce__(self):
        return type(self), (self.partial, self.expected)


class LimitOverrunError(Exception):
    """A line was longer than the buffer; `consumed` bytes may be dropped."""

    def __init__(self, message, consumed):
        super().__init__(message)
        self.consumed = consumed

    def __reduce__(self):
        return type(self), (self.args[0], self.consumed)


for _error in SendfileNotAvailableError, IncompleteReadError, LimitOverrunError:
    _error.__module__ = "asyncio.exceptions"


# --- policies --------------------------------------------------------------------------------------


class AbstractEventLoopPolicy:
    """What decides which event loop is the current one."""

    def get_event_loop(self):
        raise NotImplementedError

    def set_event_loop(self, loop):
        raise NotImplementedError

    def new_event_loop(self):
        raise NotImplementedError

    def get_child_watcher(self):
        raise NotImplementedError

    def set_child_watcher(self, watcher):
        raise NotImplementedError


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """The main thread gets a loop when it first asks for one; others have to set theirs."""

    _loop_factory = None

    def __init__(self):
        self._loops = {}  # by thread; the main thread is None

    def get_event_loop(self):
        thread = _thread()
        if thread is None and thread not in self._loops:
            self.set_event_loop(self.new_event_loop())
        loop = self._loops.get(thread)
        if loop is None:
            name = "MainThread" if thread is None else thread.name
            raise RuntimeError(f"There is no current event loop in thread {name!r}.")
        return loop

    def set_event_loop(self, loop):
        if loop is not None and not isinstance(loop, asyncio.AbstractEventLoop):
            raise TypeError(
                "loop must be an instance of AbstractEventLoop or None, "
                f"not '{type(loop).__name__}'"
            )
        self._loops[_thread()] = loop

    def new_event_loop(self):
        return self._loop_factory()


class DefaultEventLoopPolicy(BaseDefaultEventLoopPolicy):
    _loop_factory = asyncio.SelectorEventLoop

    def get_child_watcher(self):
        _not_simulated("get_child_watcher()")

    def set_child_watcher(self, watcher):
        _not_simulated("set_child_watcher()")


DefaultEventLoopPolicy.__name__ = DefaultEventLoopPolicy.__qualname__ = "_UnixDefaultEventLoopPolicy"
DefaultEventLoopPolicy.__module__ = "asyncio.unix_events"
for _class in AbstractEventLoopPolicy, BaseDefaultEventLoopPolicy:
    _class.__module__ = "asyncio.events"


def _thread():
    """The thread that runs, None for the main one."""
    threading = sys.modules.get("threading")
    if threading is None or threading.current_thread() is threading.main_thread():
        return None
    return threading.current_thread()


def get_event_loop_policy():
    """Get the current event loop policy."""
    policy = _policy()
    if policy is None:
        policy = DefaultEventLoopPolicy()
        known, loop = _policy_loop()
        if known:
            policy._loops[None] = loop
        _policy(policy)
    return policy


def set_event_loop_policy(policy):
    """Set the current event loop policy, None: the default one."""
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError(
            "policy must be an instance of AbstractEventLoopPolicy or None, "
            f"not '{type(policy).__name__}'"
        )
    _policy(DefaultEventLoopPolicy() if policy is None else policy)


# --- Runner ----------------------------------------------------------------------------------------


class Runner:
    """A block in which coroutines run in one event loop, which is closed at its end."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._state = "created"
        self._debug, self._loop_factory = debug, loop_factory
        self._loop = self._context = None
        self._set_event_loop = False

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.close()

    def close(self):
        """Shutdown and close event loop."""
        if self._state != "open":
            return
        loop = self._loop
        try:
            _shut_down(loop)
        finally:
            if self._set_event_loop:
                asyncio.set_event_loop(None)
            loop.close()
            self._loop = None
            self._state = "closed"

    def get_loop(self):
        """Return embedded event loop."""
        self._open()
        return self._loop

    def run(self, coro, *, context=None):
        """Run a coroutine inside the embedded event loop."""
        if not asyncio.iscoroutine(coro):
            raise ValueError(f"a coroutine was expected, got {coro!r}")
        if asyncio._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        self._open()
        if context is None:
            context = self._context
        return _run(self._loop, self._loop.create_task(coro, context=context))

    def _open(self):
        if self._state == "closed":
            raise RuntimeError("Runner is closed")
        if self._state == "open":
            return
        if self._loop_factory is None:
            self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
            self._set_event_loop = True
        else:
            self._loop = self._loop_factory()
        if self._debug is not None:
            self._loop.set_debug(self._debug)
        self._context = _copy_context()
        self._state = "open"


Runner.__module__ = "asyncio.runners"


# --- servers and child watchers --------------------------------------------------------------------


def _not_simulated(what):
    raise NotImplementedError(f"{what} is not simulated")


class AbstractServer:
    """What listens on sockets; there are none here."""

    def close(self):
        raise NotImplementedError

    def get_loop(self):
        raise NotImplementedError

    def is_serving(self):
        raise NotImplementedError

    async def start_serving(self):
        raise NotImplementedError

    async def serve_forever(self):
        raise NotImplementedError

    async def wait_closed(self):
        raise NotImplementedError

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        self.close()
        await self.wait_closed()


class Server(AbstractServer):
    def __init__(self, *_, **__):
        _not_simulated("asyncio.Server")


AbstractServer.__module__ = "asyncio.events"
Server.__module__ = "asyncio.base_events"


class AbstractChildWatcher:
    """What learns of the end of processes; there are none here."""

    def add_child_handler(self, pid, callback, *args):
        _not_simulated(f"{type(self).__name__}.add_child_handler()")

    def remove_child_handler(self, pid):
        _not_simulated(f"{type(self).__name__}.remove_child_handler()")

    def attach_loop(self, loop):
        pass

    def close(self):
        pass

    def is_active(self):
        return True

    def __enter__(self):
        return self

    def __exit__(self, a, b, c):
        self.close()


_WATCHERS = [AbstractChildWatcher] + [
    type(f"{kind}ChildWatcher", (AbstractChildWatcher,), {})
    for kind in ("Safe", "Fast", "Pidfd", "MultiLoop", "Threaded")
]
for _class in _WATCHERS:
    _class.__module__ = "asyncio.unix_events"


def get_child_watcher():
    """Return the child watcher of the current policy."""
    return get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    """Give the current policy a child watcher."""
    return get_event_loop_policy().set_child_watcher(watcher)


_HERE = {
    thing.__name__: thing
    for thing in (
        AbstractEventLoopPolicy, AbstractServer, IncompleteReadError, LimitOverrunError, Runner,
        SendfileNotAvailableError, Server, get_child_watcher, get_event_loop_policy,
        set_child_watcher, set_event_loop_policy, *_WATCHERS,
    )
}
_HERE["DefaultEventLoopPolicy"] = DefaultEventLoopPolicy
_HERE["sys"] = sys
_HERE["BaseEventLoop"] = asyncio.SelectorEventLoop
