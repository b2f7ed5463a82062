"""The message of cancel() reaches the task; what the waiter gets."""
import asyncio


async def sleeper():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError as error:
        print("inside", error.args)
        raise


async def rewrite():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        raise asyncio.CancelledError("another")


async def main():
    for coro in sleeper(), rewrite():
        task = asyncio.create_task(coro)
        await asyncio.sleep(1)
        task.cancel("please stop")
        try:
            await task
        except asyncio.CancelledError as error:
            print("outside", error.args)


asyncio.run(main())
