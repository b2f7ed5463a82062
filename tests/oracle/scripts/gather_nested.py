"""gather within gather: hop by hop to the outermost."""
import asyncio


async def leaf(name, delay):
    await asyncio.sleep(delay)
    print(name)
    return name


async def other():
    for i in range(8):
        print("turn", i)
        await asyncio.sleep(0)


async def main():
    task = asyncio.create_task(other())
    inner = asyncio.gather(leaf("a", 0), leaf("b", 0))
    print(await asyncio.gather(inner, asyncio.gather(leaf("c", 0)), asyncio.gather()))
    await task


asyncio.run(main())
