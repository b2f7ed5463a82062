"""First in first out, last in first out, and by priority."""
import asyncio


async def main():
    for kind in asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue:
        queue = kind()
        for item in (3, 1, 2, 1):
            await queue.put(item)
        print(kind.__name__, [queue.get_nowait() for _ in range(queue.qsize())])
    queue = asyncio.PriorityQueue(2)
    consumer = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    for item in ("b", 2), ("a", 9):
        await queue.put(item)
    print(await consumer, await queue.get())
    queue.put_nowait(1)
    try:
        queue.put_nowait("x")
    except TypeError as error:
        print(error)


asyncio.run(main())
