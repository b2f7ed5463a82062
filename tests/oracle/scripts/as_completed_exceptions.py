"""Exceptions come out of as_completed() one by one."""
import asyncio


async def fail(delay):
    await asyncio.sleep(delay)
    raise ValueError(f"after {delay}")


async def main():
    for coro in asyncio.as_completed({asyncio.create_task(fail(2)), asyncio.create_task(fail(1))}):
        try:
            await coro
        except ValueError as error:
            print(error)
    try:
        for coro in asyncio.as_completed(asyncio.sleep(1)):
            pass
    except TypeError as error:
        print(str(error).split(",")[0])


asyncio.run(main())
