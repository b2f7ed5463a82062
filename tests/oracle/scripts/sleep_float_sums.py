"""Many small sleeps add up as doubles do on a nanosecond clock."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    for i in range(30):
        await asyncio.sleep(0.1)
        if i % 7 == 2:
            print(repr(loop.time()))
    for i in range(10):
        await asyncio.sleep(1 / 7)
    print(repr(loop.time()))


asyncio.run(main())
