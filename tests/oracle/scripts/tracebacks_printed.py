"""Tracebacks have the lines of asyncio itself, too."""
import asyncio
import traceback


async def fail(delay):
    await asyncio.sleep(delay)
    raise ValueError(delay)


async def attempt(awaitable):
    try:
        await awaitable
    except BaseException:
        print(traceback.format_exc().replace(__file__, "FILE"))


async def group():
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(fail(1))
        tasks.create_task(asyncio.sleep(9))


async def late():
    async with asyncio.timeout(1):
        await fail(5)


async def locked():
    lock = asyncio.Lock()
    await lock.acquire()
    await lock.acquire()


async def main():
    for awaitable in (
        asyncio.wait_for(fail(1), 2), asyncio.wait_for(fail(2), 1), asyncio.wait_for(fail(1), 0),
        asyncio.wait_for(fail(1), None), group(), late(), asyncio.gather(fail(1)),
        asyncio.wait_for(locked(), 1), asyncio.wait_for(asyncio.Queue().get(), 1),
        asyncio.wait_for(asyncio.Event().wait(), 1),
    ):
        await attempt(awaitable)


asyncio.run(main())
