"""wait() returns at the first exception."""
import asyncio


async def fail(delay):
    await asyncio.sleep(delay)
    raise LookupError(delay)


async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(c) for c in (asyncio.sleep(1), fail(2), asyncio.sleep(3), fail(2))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print(loop.time(), [t in done for t in tasks])
    for t in tasks:
        if t in done:
            print(repr(t.exception()))
    tasks[2].cancel()
    done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_EXCEPTION)
    print(loop.time(), [t.cancelled() for t in done], pending)


asyncio.run(main())
