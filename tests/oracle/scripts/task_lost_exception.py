"""An exception of a task that nobody awaits does not stop the others."""
import asyncio


async def fail():
    raise ValueError("lost")


async def main():
    task = asyncio.create_task(fail())
    await asyncio.sleep(1)
    print("main goes on", task.done(), type(task.exception()).__name__)


asyncio.run(main())
