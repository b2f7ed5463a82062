"""The first failure cancels the others, and the block."""
import asyncio


async def child(name, delay, error=None):
    try:
        await asyncio.sleep(delay)
        if error:
            raise error
    except asyncio.CancelledError:
        print(name, "cancelled", asyncio.get_running_loop().time())
        raise
    finally:
        print(name, "ends")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child("a", 3))
            group.create_task(child("b", 1, ValueError("b")))
            group.create_task(child("c", 1, KeyError("c")))
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError as error:
                print("the body is cancelled", asyncio.current_task().cancelling())
                raise
    except* ValueError as errors:
        print(repr(errors), errors.message)
    except* KeyError as errors:
        print(repr(errors))
    print(asyncio.current_task().cancelling(), asyncio.get_running_loop().time())


asyncio.run(main())
