"""The forms that never wait."""
import asyncio


async def main():
    queue = asyncio.Queue(1)
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty as error:
        print(repr(error))
    queue.put_nowait("a")
    try:
        queue.put_nowait("b")
    except asyncio.QueueFull as error:
        print(repr(error))
    getter = asyncio.create_task(queue.get())
    putter = asyncio.create_task(queue.put("c"))
    await asyncio.sleep(0)
    print(getter.done(), putter.done(), queue.qsize())
    print(await getter, await putter, queue.get_nowait(), queue.empty())


asyncio.run(main())
