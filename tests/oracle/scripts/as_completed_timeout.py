"""as_completed() with a timeout: what is late raises, and goes on."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(asyncio.sleep(d, d)) for d in (1, 2, 3, 4)]
    for coro in asyncio.as_completed(tasks, timeout=2.5):
        try:
            print(loop.time(), await coro)
        except asyncio.TimeoutError as error:
            print(loop.time(), repr(error))
    print([t.done() for t in tasks])
    await asyncio.wait(tasks)
    print(loop.time())


asyncio.run(main())
