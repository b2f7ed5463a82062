"""The pools of concurrent.futures on simulated threads, and asyncio's bridges to them.

A job runs as soon as it is submitted, up to its first pause, if a worker is free: the idle one with
the lowest number.  Others queue, first in first out.  A worker that finishes a job takes the next
at the same instant.
"""
import asyncio
import collections
import concurrent.futures
import contextvars
import functools
import heapq
import itertools
import os
import sys
import threading
import types
from concurrent.futures import _base

_counter = itertools.count()


class _Worker(threading.Thread):
    def __init__(self, pool, number, lane, initializer):
        super().__init__(name=f"{pool._thread_name_prefix}_{number}")
        self.lane, self.kind = lane, pool._kind
        self._work = pool, number, initializer

    def run(self):
        pool, number, initializer = self._work
        del self._work
        pool._work(number, initializer)


class _Pool(_base.Executor):
    def _set_up(self, max_workers, thread_name_prefix, initializer, initargs):
        if max_workers is None:
            max_workers = self._default_workers
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers
        self._thread_name_prefix = thread_name_prefix or f"{type(self).__name__}-{next(_counter)}"
        self._initializer = functools.partial(initializer, *initargs) if initializer else None
        self._idle, self._lanes = [], []  # numbers of workers; the lane of each
        self._queue = collections.deque()
        self._unfinished = {}  # futures, in order
        self._broken = self._shutdown = False

    def submit(self, fn, /, *args, **kwargs):
        if self._broken:
            raise self._broken_error(self._broken)
        if self._shutdown:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future = _base.Future()
        self._unfinished[future] = None
        self._queue.append((future, fn, args, kwargs))
        if self._idle:
            number = heapq.heappop(self._idle)
            _Worker(self, number, self._lanes[number], None).start()
        elif (number := len(self._lanes)) < self._max_workers:
            self._lanes.append(0)
            _Worker(self, number, 0, self._initializer).start()
        return future

    def _work(self, number, initializer):
        self._lanes[number] = threading.get_ident() - 1
        if initializer and not self._initialize(initializer):
            return
        while self._queue:
            self._run(*self._queue.popleft())
        heapq.heappush(self._idle, number)

    def _initialize(self, initializer):
        try:
            initializer()
        except BaseException:
            _base.LOGGER.critical("Exception in initializer:", exc_info=True)
            self._broken = self._broken_text
            while self._queue:
                future = self._queue.popleft()[0]
                self._unfinished.pop(future, None)
                future.set_exception(self._broken_error(self._broken))
            return False
        return True

    def _run(self, future, function, args, kwargs):
        if future.set_running_or_notify_cancel():
            _note_job(_innermost(function), len(self._queue))
            try:
                result = function(*args, **kwargs)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)
        self._unfinished.pop(future, None)
        self = future = None  # the traceback of an error holds this frame

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._shutdown = True
        if cancel_futures:
            for job in list(self._queue):
                job[0].cancel()
        if wait:
            _base.wait([future for future in self._unfinished if not future.done()])


class ThreadPoolExecutor(_Pool):
    _kind = 1
    _default_workers = min(32, os.cpu_count() + 4)
    _broken_text = "A thread initializer failed, the thread pool is not usable anymore"

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        self._set_up(max_workers, thread_name_prefix, initializer, initargs)


class ProcessPoolExecutor(_Pool):
    _kind = 2
    _default_workers = os.cpu_count()
    _broken_text = "A child process terminated abruptly, the process pool is not usable anymore"

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *,
                 max_tasks_per_child=None):
        self._set_up(max_workers, "", initializer, initargs)


class BrokenThreadPool(_base.BrokenExecutor):
    pass


class BrokenProcessPool(_base.BrokenExecutor):
    pass


def _provide(name, pool, error):
    module = types.ModuleType(f"concurrent.futures.{name}")
    pool._broken_error = error
    for thing in pool, error:
        thing.__module__ = module.__name__
        setattr(module, thing.__name__, thing)
    sys.modules[module.__name__] = module
    setattr(concurrent.futures, name, module)


_provide("thread", ThreadPoolExecutor, BrokenThreadPool)
_provide("process", ProcessPoolExecutor, BrokenProcessPool)


def _innermost(function):
    """What a job runs in the end, for its name: to_thread wraps it up."""
    while isinstance(function, functools.partial):
        in_context = isinstance(getattr(function.func, "__self__", None), contextvars.Context)
        function = function.args[0] if in_context and function.args else function.func
    return function


# --- futures of both kinds, chained ----------------------------------------------------------------


_CONVERTED = {
    _base.CancelledError: asyncio.CancelledError,
    _base.InvalidStateError: asyncio.InvalidStateError,
    TimeoutError: TimeoutError,  # the same class, but another exception, which comes from nowhere
}


def _converted(error):
    kind = _CONVERTED.get(type(error))
    return kind(*error.args) if kind else error


def _hand_over(source, target):
    """What became of a future becomes of another one, unless that was cancelled."""
    if not asyncio.isfuture(target):
        if source.cancelled():
            target.cancel()
        if not target.set_running_or_notify_cancel():
            return
    elif target.cancelled():
        return
    elif source.cancelled():
        target.cancel()
        return
    if (error := source.exception()) is not None:
        target.set_exception(_converted(error))
    else:
        target.set_result(source.result())


def _place(function, file, line=None, **inner):
    """asyncio shows where its functions stand, in reprs: ours say what its own would say."""
    place = {"co_filename": os.path.join(os.path.dirname(os.__file__), "asyncio", file)}
    code = function.__code__
    constants = [
        each.replace(co_firstlineno=inner[each.co_name], **place)
        if getattr(each, "co_name", None) in inner
        else each
        for each in code.co_consts
    ]
    if line:
        code = code.replace(co_firstlineno=line, **place)
    function.__code__ = code.replace(co_consts=tuple(constants))


def _loop_of(future):
    return future.get_loop() if asyncio.isfuture(future) else None


def _chain_future(source, target):
    for what, future in ("source", source), ("destination", target):
        if not asyncio.isfuture(future) and not isinstance(future, _base.Future):
            raise TypeError(f"A future is required for {what} argument")
    source_loop, target_loop = _loop_of(source), _loop_of(target)

    def _set_state(target, source):
        _hand_over(source, target)

    def _call_check_cancel(target):
        if target.cancelled():
            if source_loop is None or source_loop is target_loop:
                source.cancel()
            else:
                source_loop.call_soon_threadsafe(source.cancel)

    def _call_set_state(source):
        if target_loop is None or target_loop is source_loop:
            _set_state(target, source)
        elif not target_loop.is_closed():
            target_loop.call_soon_threadsafe(_set_state, target, source)

    target.add_done_callback(_call_check_cancel)
    source.add_done_callback(_call_set_state)


_place(_chain_future, "futures.py", _set_state=381, _call_check_cancel=387, _call_set_state=394)


def wrap_future(future, *, loop=None):
    """Wrap concurrent.futures.Future object."""
    if asyncio.isfuture(future):
        return future
    if not isinstance(future, _base.Future):
        raise AssertionError(f"concurrent.futures.Future is expected, got {future!r}")
    wrapped = (asyncio.get_event_loop() if loop is None else loop).create_future()
    _chain_future(future, wrapped)
    return wrapped


def run_coroutine_threadsafe(coro, loop):
    """Submit a coroutine object to a given event loop."""
    if not asyncio.iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    future = _base.Future()

    def callback():
        try:
            _chain_future(asyncio.ensure_future(coro, loop=loop), future)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            if future.set_running_or_notify_cancel():
                future.set_exception(error)
            raise

    loop.call_soon_threadsafe(callback)
    return future


_place(run_coroutine_threadsafe, "tasks.py", callback=916)


async def to_thread(func, /, *args, **kwargs):
    """Asynchronously run function *func* in a separate thread.

    The function gets the arguments that follow it, and a copy of the
    current context, in which it sees the context variables that its
    caller sees.  It runs in a worker of the loop's default executor.

    Return a coroutine that gives the function's result, or raises what
    it raises.
    """
    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    call = functools.partial(context.run, func, *args, **kwargs)
    return await loop.run_in_executor(None, call)


_place(to_thread, "threads.py", 12)


# --- methods of loops ------------------------------------------------------------------------------


def run_in_executor(loop, executor, func, *args):
    if loop.is_closed():
        raise RuntimeError("Event loop is closed")
    if executor is None:
        if loop._executor_shutdown_called:
            raise RuntimeError("Executor shutdown has been called")
        executor = loop._default_executor
        if executor is None:
            executor = loop._default_executor = ThreadPoolExecutor(thread_name_prefix="asyncio")
    future = wrap_future(executor.submit(func, *args), loop=loop)
    job = _innermost(func)
    where = "process" if isinstance(executor, ProcessPoolExecutor) else "thread"
    _note_wait(future, f"{where} {getattr(job, '__qualname__', type(job).__name__)}")
    return future


def set_default_executor(loop, executor):
    if not isinstance(executor, ThreadPoolExecutor):
        raise TypeError("executor must be ThreadPoolExecutor instance")
    loop._default_executor = executor


async def shutdown_default_executor(loop):
    loop._executor_shutdown_called = True
    if loop._default_executor is None:
        return
    done = loop.create_future()
    thread = threading.Thread(target=_do_shutdown, args=(loop, done))
    thread.start()
    try:
        await done
    finally:
        thread.join()


def _do_shutdown(loop, done):
    try:
        loop._default_executor.shutdown(wait=True)
        if not loop.is_closed():
            loop.call_soon_threadsafe(done.set_result, None)
    except Exception as error:
        if not loop.is_closed():
            loop.call_soon_threadsafe(done.set_exception, error)
