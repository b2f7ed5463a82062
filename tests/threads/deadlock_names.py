"""Who waits for several names those that are not done, and not too many of them."""
import asyncio

never = asyncio.Event()


async def gathers():
    await asyncio.gather(*(never.wait() for _ in range(7)), asyncio.sleep(1))


async def groups():
    async with asyncio.TaskGroup() as group:
        group.create_task(never.wait(), name="stays")
        group.create_task(asyncio.sleep(1), name="ends")


async def main():
    tasks = [asyncio.create_task(function(), name=function.__name__) for function in (gathers, groups)]
    await asyncio.wait([*tasks, asyncio.get_running_loop().create_future()])


asyncio.run(main())
