"""Cancelling a future throws into the task that awaits it."""
import asyncio


async def waiter(future):
    try:
        await future
    except asyncio.CancelledError as error:
        print("waiter got", error.args)
        return "survived"


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    future.add_done_callback(lambda f: print("callback", f.cancelled()))
    task = asyncio.create_task(waiter(future))
    await asyncio.sleep(1)
    print(future.cancel("no more"), future.cancelled())
    print(await task, task.cancelled())


asyncio.run(main())
