"""Awaiting a future that is done does not suspend."""
import asyncio


async def other():
    print("other")


async def main():
    future = asyncio.get_running_loop().create_future()
    future.set_result(1)
    task = asyncio.create_task(other())
    print(await future, await future)
    print("not suspended", task.done())
    await task
    print(await task, "nor here")


asyncio.run(main())
