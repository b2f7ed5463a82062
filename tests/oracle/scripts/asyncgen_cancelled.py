"""Cancelled inside an async generator."""
import asyncio


async def ticks():
    try:
        while True:
            yield asyncio.get_running_loop().time()
            await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("the generator is cancelled")
        raise
    finally:
        print("the generator ends")


async def reader():
    async for tick in ticks():
        print(tick)


async def main():
    task = asyncio.create_task(reader())
    await asyncio.sleep(2.5)
    task.cancel()
    await asyncio.wait([task])
    print(task.cancelled())


asyncio.run(main())
