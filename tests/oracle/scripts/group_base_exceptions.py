"""Exceptions that are no Exception, and cancelled tasks, in a group."""
import asyncio


class Stop(BaseException):
    pass


async def child(error):
    await asyncio.sleep(1)
    raise error


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child(Stop("now")))
            group.create_task(asyncio.sleep(5))
    except BaseExceptionGroup as error:
        print(type(error).__name__, error.exceptions)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child(asyncio.CancelledError()))
            group.create_task(asyncio.sleep(5))
            print("a cancelled child does no harm")
    finally:
        print(asyncio.get_running_loop().time())


asyncio.run(main())
