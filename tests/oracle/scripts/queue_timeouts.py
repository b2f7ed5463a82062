"""wait_for around get() loses nothing."""
import asyncio


async def main():
    queue, loop = asyncio.Queue(), asyncio.get_running_loop()
    loop.call_later(2.5, queue.put_nowait, "late")
    for _ in range(4):
        try:
            print(loop.time(), await asyncio.wait_for(queue.get(), 1))
        except asyncio.TimeoutError:
            print(loop.time(), "nothing")


asyncio.run(main())
