"""Waiters of a semaphore that are cancelled pass their turn on."""
import asyncio


async def work(semaphore, name):
    try:
        async with semaphore:
            print(name, asyncio.get_running_loop().time())
            await asyncio.sleep(1)
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def main():
    semaphore = asyncio.Semaphore(1)
    tasks = [asyncio.create_task(work(semaphore, n)) for n in "abcde"]
    await asyncio.sleep(0.5)
    tasks[1].cancel()
    await asyncio.sleep(0.5)
    tasks[2].cancel()
    tasks[0].cancel()
    await asyncio.wait(tasks)
    print([t.cancelled() for t in tasks], semaphore.locked())


asyncio.run(main())
