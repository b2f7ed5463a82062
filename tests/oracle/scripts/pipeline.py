"""Three stages and bounded queues between them; the slowest stage sets the pace."""
import asyncio


async def stage(name, source, sink, delay):
    while True:
        item = await source.get()
        await asyncio.sleep(delay)
        await sink.put(None if item is None else f"{item}{name}")
        if item is None:
            return


async def main():
    queues = [asyncio.Queue(2) for _ in range(4)]
    delays = {"a": 1, "b": 3, "c": 2}
    stages = [stage(n, queues[i], queues[i + 1], d) for i, (n, d) in enumerate(delays.items())]
    async with asyncio.TaskGroup() as group:
        for each in stages:
            group.create_task(each)
        for i in range(5):
            await queues[0].put(i)
            print("in", i, asyncio.get_running_loop().time())
        await queues[0].put(None)
        while (item := await queues[3].get()) is not None:
            print("out", item, asyncio.get_running_loop().time())


asyncio.run(main())
