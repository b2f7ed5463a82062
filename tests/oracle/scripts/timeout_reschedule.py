"""A timeout may be moved, taken off, and put into the past."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(1) as limit:
        limit.reschedule(loop.time() + 5)
        await asyncio.sleep(3)
        print(loop.time(), limit.when())
        limit.reschedule(None)
        await asyncio.sleep(10)
        print(loop.time(), limit.when())
    try:
        async with asyncio.timeout(None) as limit:
            limit.reschedule(loop.time() - 1)
            await asyncio.sleep(10)
    except TimeoutError:
        print("in the past", loop.time())
    try:
        limit.reschedule(3)
    except RuntimeError as error:
        print(error)


asyncio.run(main())
