"""Cancelling a wait() leaves alone what it waits for."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(asyncio.sleep(2, "kept")) for _ in range(2)]
    waiter = asyncio.create_task(asyncio.wait(tasks, timeout=10))
    loop.call_later(1, waiter.cancel)
    try:
        await waiter
    except asyncio.CancelledError:
        print(loop.time(), "cancelled, but not what it waited for:", [t.done() for t in tasks])
    print(await asyncio.gather(*tasks), loop.time())


asyncio.run(main())
