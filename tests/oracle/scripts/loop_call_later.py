"""call_later and call_at by deadline, ties by order of registration."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()

    def at(label):
        print(label, loop.time())

    loop.call_later(2, at, "later 2")
    loop.call_later(1, at, "later 1")
    loop.call_at(loop.time() + 1, at, "at 1")
    loop.call_later(0, at, "later 0")
    loop.call_at(loop.time() - 5, at, "in the past")
    loop.call_soon(at, "soon")
    loop.call_later(1, loop.call_soon, at, "soon at 1")
    await asyncio.sleep(1)
    print("main", loop.time())
    await asyncio.sleep(1)
    print("main", loop.time())


asyncio.run(main())
