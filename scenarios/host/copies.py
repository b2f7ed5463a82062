"""Copies of locks and queues, and their pickles: what they hold, as the scheduler does not say it.

Run as a module when a script first makes one.
"""
import asyncio
import copyreg


def _at_once(coro):
    """Runs what need not wait to its end."""
    try:
        coro.send(None)
    except StopIteration:
        pass


def _fill_lock(lock, state):
    if state["_locked"]:
        _at_once(asyncio.Lock.acquire(lock))


def _fill_event(event, state):
    if state["_value"]:
        asyncio.Event.set(event)


def _fill_semaphore(semaphore, state):
    asyncio.Semaphore.__init__(semaphore, state["_value"])


def _fill_bounded_semaphore(semaphore, state):
    asyncio.BoundedSemaphore.__init__(semaphore, state["_bound_value"])
    for _ in range(state["_bound_value"] - state["_value"]):
        _at_once(asyncio.Semaphore.acquire(semaphore))


def _fill_condition(condition, state):
    asyncio.Condition.__init__(condition, state["_lock"])


def _fill_barrier(barrier, state):
    asyncio.Barrier.__init__(barrier, state["parties"])
    if state["broken"]:
        _at_once(asyncio.Barrier.abort(barrier))


def _fill_queue(queue, state):
    items, tasks = state["_queue"], state["_unfinished_tasks"]
    asyncio.Queue.__init__(queue)
    for _ in range(tasks - len(items)):  # these were taken out again
        asyncio.Queue.put_nowait(queue, 0)
        asyncio.Queue.get_nowait(queue)
    for item in items:
        asyncio.Queue.put_nowait(queue, item)
    for _ in range(len(items) - tasks):
        asyncio.Queue.task_done(queue)
    queue._maxsize = state["_maxsize"]


# What tells all of an object of each class, and what makes a new one equal to it.
_KINDS = (
    (asyncio.Lock, ("_waiters", "_locked"), _fill_lock),
    (asyncio.Event, ("_waiters", "_value"), _fill_event),
    (asyncio.BoundedSemaphore, ("_waiters", "_value", "_bound_value"), _fill_bounded_semaphore),
    (asyncio.Semaphore, ("_waiters", "_value"), _fill_semaphore),
    (asyncio.Condition, ("_lock", "_waiters"), _fill_condition),
    (asyncio.Barrier, ("parties", "broken"), _fill_barrier),
    (asyncio.Queue, ("_maxsize", "_getters", "_putters", "_unfinished_tasks", "_queue"), _fill_queue),
)


def _kind(thing):
    for kind, names, fill in _KINDS:
        if isinstance(thing, kind):
            return names, fill
    return (), None  # a class of the script's that has nothing but its attributes


def state(thing):
    return {**vars(thing), **{name: getattr(thing, name) for name in _kind(thing)[0]}}


def reduce(thing):
    if type(thing).__reduce__ is not object.__reduce__:
        return thing.__reduce__()
    return copyreg.__newobj__, (type(thing),), thing.__getstate__()


def restore(thing, state):
    names, fill = _kind(thing)
    if fill:
        fill(thing, state)
    vars(thing).update({name: value for name, value in state.items() if name not in names})
