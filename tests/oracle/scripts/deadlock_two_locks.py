"""Each holds what the other wants."""
import asyncio


async def user(first, second):
    async with first:
        await asyncio.sleep(1)
        async with second:
            print("never")


async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(user(a, b), user(b, a))


asyncio.run(main())
