"""Cancelling the task that awaits gather cancels the children, also with return_exceptions."""
import asyncio


async def child(name):
    try:
        await asyncio.sleep(10)
    finally:
        print(name, "ends")


async def waiter(keep):
    try:
        return await asyncio.gather(child("x"), child("y"), return_exceptions=keep)
    except asyncio.CancelledError:
        print("waiter cancelled")
        raise


async def main():
    for keep in False, True:
        task = asyncio.create_task(waiter(keep))
        await asyncio.sleep(1)
        task.cancel()
        try:
            print(await task)
        except asyncio.CancelledError:
            print("main sees it", keep, task.cancelled())


asyncio.run(main())
