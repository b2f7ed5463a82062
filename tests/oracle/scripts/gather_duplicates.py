"""The same awaitable given twice runs once and fills both places."""
import asyncio


async def once(name):
    print("run", name)
    await asyncio.sleep(1)
    return name


async def main():
    c = once("coroutine")
    t = asyncio.create_task(once("task"))
    print(await asyncio.gather(c, t, c, t, t))


asyncio.run(main())
