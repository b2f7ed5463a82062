"""The submodules that scripts import from."""
import asyncio
import asyncio.events
import asyncio.tasks
from asyncio import base_events, coroutines, exceptions, futures, locks, queues, runners, taskgroups, timeouts
from asyncio.exceptions import CancelledError, InvalidStateError, TimeoutError
from asyncio.locks import Lock
from asyncio.tasks import gather, sleep

print(Lock is asyncio.Lock, gather is asyncio.gather, CancelledError is asyncio.CancelledError)
print(asyncio.events.get_running_loop is asyncio.get_running_loop, queues.Queue is asyncio.Queue)
print(locks.Event.__module__, timeouts.timeout.__module__, runners.run.__module__)
print(issubclass(asyncio.CancelledError, Exception), issubclass(exceptions.TimeoutError, OSError))
print(taskgroups.TaskGroup is asyncio.TaskGroup, futures.isfuture(1), coroutines.iscoroutine(1))
print(issubclass(base_events.BaseEventLoop, asyncio.AbstractEventLoop), asyncio.tasks.Task is asyncio.Task)
