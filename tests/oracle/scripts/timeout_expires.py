"""timeout() turns its own cancel into TimeoutError."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(1) as limit:
            print(limit.when(), limit.expired(), limit)
            await asyncio.sleep(5)
    except TimeoutError as error:
        print(loop.time(), repr(error), repr(error.__cause__), limit.expired(), limit)
    async with asyncio.timeout(None) as limit:
        print(limit.when(), limit)
        await asyncio.sleep(1)
    print(loop.time(), limit.expired(), limit)
    async with asyncio.timeout(3):
        await asyncio.sleep(1)
    print(loop.time(), asyncio.current_task().cancelling())


asyncio.run(main())
