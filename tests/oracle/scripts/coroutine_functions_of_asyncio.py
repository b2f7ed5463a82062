"""Which of asyncio's own functions are coroutine functions."""
import asyncio
for f in (asyncio.sleep, asyncio.wait, asyncio.wait_for, asyncio.gather, asyncio.shield, asyncio.to_thread, asyncio.Lock().acquire, asyncio.Lock().release,
          asyncio.Queue().get, asyncio.Queue().get_nowait, asyncio.Event().wait, asyncio.Event().set, asyncio.Condition().wait_for, asyncio.Condition().notify,
          asyncio.Barrier(2).wait, asyncio.Barrier(2).abort, asyncio.Semaphore().acquire, asyncio.Queue().join, asyncio.TaskGroup().__aenter__, asyncio.open_connection, print):
    print(f.__name__, asyncio.iscoroutinefunction(f), asyncio.coroutines.iscoroutinefunction(f))
