"""Cancelled while it waits for a lock, or at the very moment that it is woken."""
import asyncio


async def user(lock, name):
    try:
        async with lock:
            print(name, "has it")
            await asyncio.sleep(1)
    except asyncio.CancelledError:
        print(name, "cancelled", lock.locked())
        raise


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = [asyncio.create_task(user(lock, n), name=n) for n in "abcd"]
    await asyncio.sleep(1)
    tasks[0].cancel()
    await asyncio.sleep(0)
    lock.release()
    tasks[1].cancel()
    await asyncio.sleep(0.5)
    tasks[2].cancel()
    await asyncio.wait(tasks)
    print([t.cancelled() for t in tasks], lock.locked(), asyncio.get_running_loop().time())


asyncio.run(main())
