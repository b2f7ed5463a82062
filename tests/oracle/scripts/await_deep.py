"""Awaits five hundred deep."""
import asyncio


async def down(n):
    if n == 0:
        await asyncio.sleep(1)
        return 0
    return 1 + await down(n - 1)


async def fail(n):
    if n == 0:
        await asyncio.sleep(1)
        raise ValueError("from the bottom")
    await fail(n - 1)


async def main():
    print(await down(500))
    try:
        await fail(300)
    except ValueError as error:
        print(error)


asyncio.run(main())
