"""Every public name, by asyncio and by its submodule."""
import asyncio
import asyncio.tasks, asyncio.events, asyncio.futures, asyncio.locks, asyncio.queues, asyncio.exceptions
import asyncio.timeouts, asyncio.runners, asyncio.taskgroups, asyncio.coroutines, asyncio.base_events
import asyncio.log, asyncio.staggered, asyncio.protocols, asyncio.transports, asyncio.streams
from asyncio.locks import Lock, Event
from asyncio.tasks import *
from asyncio import *
print(asyncio.tasks.Task is asyncio.Task, asyncio.locks.Lock is asyncio.Lock, sleep is asyncio.sleep)
print(asyncio.exceptions.CancelledError is asyncio.CancelledError, asyncio.log.logger)
for name in sorted(asyncio.tasks.__all__): 
    if name[0] != "_": print(name, end=" ")
print()
for name in sorted(set(asyncio.__all__)):
    if name.startswith("_") or "Watcher" in name: continue
    print(name, type(getattr(asyncio, name)).__name__ in ("type", "str", "EnumType", "builtin_function_or_method", "function"))
for name in ("nothing", "Barrierr"):
    try: getattr(asyncio, name)
    except AttributeError as e: print(e)
try: import asyncio.nothing
except ImportError as e: print(e)
try: asyncio.tasks.nothing
except AttributeError as e: print(e)
print(repr(asyncio.IncompleteReadError(b"ab", 5)), asyncio.LimitOverrunError("m", 3).consumed)
print(issubclass(asyncio.SelectorEventLoop, asyncio.AbstractEventLoop), issubclass(asyncio.SelectorEventLoop, asyncio.BaseEventLoop))
async def reader():
    r = asyncio.StreamReader()
    async def feed():
        await asyncio.sleep(1); r.feed_data(b"one\ntwo\n"); await asyncio.sleep(1); r.feed_data(b"three"); r.feed_eof()
    t = asyncio.create_task(feed())
    while line := await r.readline():
        print(asyncio.get_running_loop().time(), line)
asyncio.run(reader())
async def race():
    async def a(): await asyncio.sleep(2); return "a"
    async def b(): await asyncio.sleep(1); return "b"
    print(await asyncio.staggered.staggered_race([a, b], 0.25))
asyncio.run(race())
