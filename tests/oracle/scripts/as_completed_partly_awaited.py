"""What as_completed() gives may be awaited in any order."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    coros = asyncio.as_completed([asyncio.sleep(d, d) for d in (3, 1, 2)])
    first = next(coros)
    print(await first, loop.time())
    second, third = coros
    print(await third, await second, loop.time())


asyncio.run(main())
