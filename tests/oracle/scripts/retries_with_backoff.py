"""Retries with growing pauses, each attempt with a limit of its own."""
import asyncio
import random


async def flaky(attempt):
    await asyncio.sleep(random.choice((0.5, 1.5, 3)))
    if attempt < 4:
        raise ConnectionError(attempt)
    return "answer"


async def fetch():
    for attempt in range(6):
        try:
            return await asyncio.wait_for(flaky(attempt), 2)
        except (asyncio.TimeoutError, ConnectionError) as error:
            print(round(asyncio.get_running_loop().time(), 3), attempt, repr(error))
            await asyncio.sleep(0.1 * 2**attempt)


async def main():
    print(await fetch(), round(asyncio.get_running_loop().time(), 3))


asyncio.run(main())
