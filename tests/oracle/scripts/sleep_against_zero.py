"""A task that only yields keeps the clock still: timers wait until nothing is ready."""
import asyncio


async def spinner():
    for i in range(5):
        await asyncio.sleep(0)
        print("spin", i, asyncio.get_running_loop().time())


async def sleeper():
    await asyncio.sleep(1e-9)
    print("slept", asyncio.get_running_loop().time())


async def main():
    await asyncio.gather(sleeper(), spinner())


asyncio.run(main())
