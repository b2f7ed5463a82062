"""A group that is dropped after its loop was closed: some of its tasks can be cancelled, some not."""
import asyncio
import gc
import logging
import sys

gc.disable()  # all goes at the end
logging.disable()  # messages have addresses in them
sys.unraisablehook = lambda raised: None


async def wait(awaitable):
    try:
        await awaitable
    except BaseException as error:
        print("task", repr(error))
        raise


async def block(awaitable):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(wait(awaitable))
            await asyncio.sleep(100)
    except BaseException as error:
        print("group", repr(error))
        raise


async def fail():
    raise ValueError("child")


async def cleanup(make):
    try:
        await asyncio.sleep(50)
    except asyncio.CancelledError:
        asyncio.create_task(block(make()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)


async def main(make):
    asyncio.create_task(cleanup(make))
    await asyncio.sleep(1)


for make in (
    lambda: asyncio.sleep(5), lambda: asyncio.gather(fail()), lambda: asyncio.gather(asyncio.sleep(5)),
    lambda: asyncio.Event().wait(),
):
    print("--")
    asyncio.run(main(make))
print("end")
