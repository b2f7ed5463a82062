"""return_exceptions puts exceptions and cancellations among the results."""
import asyncio


async def good(delay):
    await asyncio.sleep(delay)
    return delay


async def bad(error, delay):
    await asyncio.sleep(delay)
    raise error


async def main():
    doomed = asyncio.create_task(good(9))
    asyncio.get_running_loop().call_later(1.5, doomed.cancel)
    results = await asyncio.gather(
        good(1), bad(KeyError("k"), 2), doomed, bad(OSError(2, "no"), 0), return_exceptions=True
    )
    for r in results:
        print(type(r).__name__, r)
    print(asyncio.get_running_loop().time())


asyncio.run(main())
