"""Getters and putters that are cancelled, also as they are woken."""
import asyncio


async def main():
    queue = asyncio.Queue(1)
    getters = [asyncio.create_task(queue.get()) for _ in range(3)]
    await asyncio.sleep(1)
    getters[0].cancel()
    queue.put_nowait("x")
    getters[1].cancel()
    await asyncio.sleep(1)
    print([g.cancelled() for g in getters], getters[2].done() and getters[2].result(), queue.qsize())
    queue.put_nowait("y")
    putters = [asyncio.create_task(queue.put(i)) for i in range(3)]
    await asyncio.sleep(1)
    putters[0].cancel()
    print(queue.get_nowait())
    putters[1].cancel()
    await asyncio.sleep(1)
    print([p.cancelled() for p in putters], queue.get_nowait(), queue.qsize())


asyncio.run(main())
