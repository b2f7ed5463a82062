"""sleep(0) gives every other ready task one turn."""
import asyncio


async def worker(name, turns):
    for i in range(turns):
        print(name, i)
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(worker("a", 2), worker("b", 4), worker("c", 3))
    print(asyncio.get_running_loop().time())


asyncio.run(main())
