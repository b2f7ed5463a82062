"""Two thousand tasks in a tree of gathers."""
import asyncio


async def leaf(n):
    await asyncio.sleep(n % 7 / 10)
    return n


async def branch(n, depth):
    if depth == 0:
        return await leaf(n)
    return sum(await asyncio.gather(*(branch(n * 6 + i, depth - 1) for i in range(6))))


async def main():
    print(await branch(1, 4))
    print(asyncio.get_running_loop().time())


asyncio.run(main())
