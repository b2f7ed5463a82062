"""sleep() with zero or less is a bare yield, and sleep() returns its second argument."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    print(await asyncio.sleep(0, "zero"), loop.time())
    print(await asyncio.sleep(-1, "negative"), loop.time())
    print(await asyncio.sleep(0.25, "quarter"), loop.time())
    print(await asyncio.sleep(delay=1, result=[1, 2]), loop.time())
    print(await asyncio.sleep(0.1), loop.time())


asyncio.run(main())
