"""gather's own tasks are numbered in the order of its arguments."""
import asyncio


async def nothing():
    pass


async def main():
    tasks = [asyncio.create_task(nothing()) for _ in range(2)]
    await asyncio.gather(nothing(), *tasks, nothing())
    print(asyncio.create_task(nothing()).get_name())
    await asyncio.sleep(0)


asyncio.run(main())
asyncio.run(main())
