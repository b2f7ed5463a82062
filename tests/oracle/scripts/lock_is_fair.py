"""A lock goes to whoever waited longest, also against a newcomer at the same moment."""
import asyncio


async def user(lock, name, delay):
    async with lock:
        print(name, "has it", asyncio.get_running_loop().time(), lock.locked())
        await asyncio.sleep(delay)
    if name == "a":
        async with lock:
            print(name, "again", asyncio.get_running_loop().time())


async def main():
    lock = asyncio.Lock()
    print(lock.locked(), await lock.acquire(), lock.locked())
    lock.release()
    await asyncio.gather(*(user(lock, n, d) for n, d in (("a", 2), ("b", 1), ("c", 0), ("d", 1))))


asyncio.run(main())
