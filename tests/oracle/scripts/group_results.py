"""A task group waits for its tasks."""
import asyncio


async def work(name, delay):
    await asyncio.sleep(delay)
    print(name, asyncio.get_running_loop().time())
    return name


async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work(n, d), name=f"task {n}") for n, d in (("a", 2), ("b", 1))]
        print(await tasks[1])
        print("the body ends")
    print([t.result() for t in tasks], [t.get_name() for t in tasks])
    async with asyncio.TaskGroup():
        pass
    print("an empty one takes no time", asyncio.get_running_loop().time())


asyncio.run(main())
