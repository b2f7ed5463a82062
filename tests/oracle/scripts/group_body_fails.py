"""The block fails: its tasks are cancelled, and their errors are collected."""
import asyncio


async def child():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        raise OSError("while cancelled")


async def main():
    for failing in True, False:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(asyncio.sleep(3))
                if failing:
                    group.create_task(child())
                await asyncio.sleep(1)
                raise RuntimeError("body")
        except ExceptionGroup as error:
            print(repr(error), asyncio.get_running_loop().time())


asyncio.run(main())
