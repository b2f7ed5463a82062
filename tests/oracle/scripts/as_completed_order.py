"""as_completed() gives results in the order in which they come."""
import asyncio


async def work(name, delay):
    await asyncio.sleep(delay)
    return name


async def main():
    loop = asyncio.get_running_loop()
    for coro in asyncio.as_completed([work("c", 3), work("a", 1), work("b", 2)]):
        print(type(coro).__name__, await coro, loop.time())
    print(list(asyncio.as_completed([])))


asyncio.run(main())
