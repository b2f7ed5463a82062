"""Equal deadlines fire in the order of their registration."""
import asyncio


async def sleeper(name, first, second):
    await asyncio.sleep(first)
    await asyncio.sleep(second)
    print(name)


async def main():
    await asyncio.gather(
        *(asyncio.sleep(1) for _ in range(4)),
        sleeper("3+1", 3, 1),
        sleeper("1+3", 1, 3),
        sleeper("2+2", 2, 2),
        sleeper("4+0", 4, 0),
        sleeper("0+4", 0, 4),
        sleeper("1+3 too", 1, 3),
    )


asyncio.run(main())
