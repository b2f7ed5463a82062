"""Limits of zero and below let the block run to its first real wait."""
import asyncio


async def main():
    for limit in (0, -1):
        try:
            async with asyncio.timeout(limit):
                print("inside")
                await asyncio.sleep(0)
                print("still inside")
                await asyncio.sleep(0)
                print("never")
        except TimeoutError:
            print("timeout", limit)
    async with asyncio.timeout(0):
        print("without an await there is no timeout")


asyncio.run(main())
