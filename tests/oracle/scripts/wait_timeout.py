"""wait() with a timeout cancels nothing and raises nothing."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(asyncio.sleep(5, "late"))
    for timeout in (1, 0, -1, 2.5, None):
        done, pending = await asyncio.wait([task], timeout=timeout)
        print(timeout, loop.time(), len(done), len(pending))
    print(task.result())


asyncio.run(main())
