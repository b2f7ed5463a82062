"""Cancelling a task that sleeps: CancelledError at its await, at once."""
import asyncio


async def sleeper():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("cancelled at", asyncio.get_running_loop().time())
        raise


async def main():
    task = asyncio.create_task(sleeper())
    await asyncio.sleep(2)
    print("cancel:", task.cancel(), task.cancelled(), task.done())
    try:
        await task
    except asyncio.CancelledError:
        print("main caught it")
    print(task.cancelled(), task.done(), task.cancel())


asyncio.run(main())
