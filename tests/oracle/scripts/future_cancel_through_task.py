"""Cancelling a task cancels the future that it awaits."""
import asyncio


async def waiter(future):
    await future


async def main():
    future = asyncio.get_running_loop().create_future()
    a, b = (asyncio.create_task(waiter(future)) for _ in range(2))
    await asyncio.sleep(1)
    a.cancel()
    print("at once", future.cancelled(), a.cancelled(), b.cancelled())
    for t in a, b:
        try:
            await t
        except asyncio.CancelledError:
            print("cancelled", t is a)
    print(future.cancelled(), a.cancelled(), b.cancelled())


asyncio.run(main())
