"""wait_for() that is in time."""
import asyncio


async def op(delay):
    await asyncio.sleep(delay)
    return delay


async def main():
    loop = asyncio.get_running_loop()
    print(await asyncio.wait_for(op(1), 2), loop.time())
    print(await asyncio.wait_for(op(1), None), loop.time())
    print(await asyncio.wait_for(loop.create_task(op(0)), 5), loop.time())
    done = loop.create_future()
    done.set_result("done")
    print(await asyncio.wait_for(done, 0), loop.time())


asyncio.run(main())
