"""A producer waits for room, a consumer for items."""
import asyncio


async def producer(queue):
    for i in range(5):
        await queue.put(i)
        print("put", i, queue.qsize(), asyncio.get_running_loop().time())
    await queue.put(None)


async def consumer(queue):
    while (item := await queue.get()) is not None:
        print("got", item, queue.qsize(), queue.full(), queue.empty())
        await asyncio.sleep(1)


async def main():
    queue = asyncio.Queue(2)
    print(queue.maxsize, str(queue).split(" at ")[0])
    await asyncio.gather(producer(queue), consumer(queue))


asyncio.run(main())
