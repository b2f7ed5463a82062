"""A cancel from outside ends the tasks of a group first."""
import asyncio


async def child(name):
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        await asyncio.sleep(1)
        print(name, "cleaned up", asyncio.get_running_loop().time())
        raise


async def parent(error=None):
    async with asyncio.TaskGroup() as group:
        group.create_task(child("a"))
        group.create_task(child("b"))
        if error:
            await asyncio.sleep(1)
            raise error


async def main():
    for error in None, ValueError("body"):
        task = asyncio.create_task(parent(error))
        await asyncio.sleep(1.5)
        task.cancel("stop")
        try:
            await task
        except asyncio.CancelledError as caught:
            print("cancelled", caught.args)
        except ExceptionGroup as caught:
            print(repr(caught))


asyncio.run(main())
