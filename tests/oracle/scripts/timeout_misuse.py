"""A timeout is entered once, by a task."""
import asyncio


async def main():
    limit = asyncio.timeout(1)
    async with limit:
        print(limit)
    try:
        async with limit:
            print("never")
    except RuntimeError as error:
        print(error)
    print(isinstance(asyncio.timeout(3), asyncio.Timeout), asyncio.TimeoutError is TimeoutError)
    print(asyncio.timeout(3), asyncio.timeout(None).when())


asyncio.run(main())
