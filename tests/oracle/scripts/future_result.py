"""A future is awaited by several; set_result wakes them in order."""
import asyncio


async def waiter(name, future):
    print(name, await future)


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    tasks = [asyncio.create_task(waiter(n, future)) for n in "xyz"]
    await asyncio.sleep(1)
    future.set_result("ready")
    print("set", future.done(), future.result())
    for t in tasks:
        await t
    print(await future)


asyncio.run(main())
