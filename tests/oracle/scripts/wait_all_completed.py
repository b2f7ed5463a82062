"""wait() for all, in no particular order."""
import asyncio


async def work(name, delay):
    await asyncio.sleep(delay)
    return name


async def main():
    tasks = [asyncio.create_task(work(n, d), name=n) for n, d in (("a", 2), ("b", 1), ("c", 1))]
    done, pending = await asyncio.wait(tasks)
    print(asyncio.get_running_loop().time(), [t.result() for t in tasks if t in done], pending)
    print(isinstance(done, set), isinstance(pending, set), asyncio.ALL_COMPLETED)


asyncio.run(main())
