"""Tasks of a group add tasks to it."""
import asyncio


async def work(group, depth):
    await asyncio.sleep(1)
    print("  " * depth + asyncio.current_task().get_name(), asyncio.get_running_loop().time())
    if depth < 3:
        for i in range(2):
            name = asyncio.current_task().get_name() + f".{i}"
            group.create_task(work(group, depth + 1), name=name)


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(work(group, 0), name="0")
        print(repr(group))
    print(repr(group))


asyncio.run(main())
