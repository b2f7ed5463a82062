"""wait_for() whose future is done at the moment of a cancel, or of the limit."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    waiter = asyncio.create_task(asyncio.wait_for(future, 5))
    await asyncio.sleep(1)
    future.set_result("won")
    waiter.cancel()
    try:
        print(await waiter)
    except asyncio.CancelledError:
        print("cancelled")
    future = loop.create_future()
    waiter = asyncio.create_task(asyncio.wait_for(future, 1))
    loop.call_later(1, future.set_result, "at the limit")
    try:
        print(await waiter)
    except asyncio.TimeoutError:
        print("timeout", future)


asyncio.run(main())
