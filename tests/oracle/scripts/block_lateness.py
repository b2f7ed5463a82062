"""time.sleep makes other tasks late; they then run in the order of their deadlines."""
import asyncio
import time


async def tick(name, delay):
    for i in range(4):
        await asyncio.sleep(delay)
        print(name, i, asyncio.get_running_loop().time())


async def blocker():
    await asyncio.sleep(0.5)
    print("block")
    time.sleep(3)
    print("unblock", asyncio.get_running_loop().time())


async def main():
    await asyncio.gather(tick("a", 1), tick("b", 0.7), blocker())


asyncio.run(main())
