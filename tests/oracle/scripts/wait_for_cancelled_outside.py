"""Cancelling a wait_for(), or what it waits for."""
import asyncio


async def op(log):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        log.append(error.args)
        raise


async def main():
    loop, log = asyncio.get_running_loop(), []
    waiter = asyncio.create_task(asyncio.wait_for(op(log), 5))
    await asyncio.sleep(1)
    waiter.cancel("enough")
    try:
        await waiter
    except asyncio.CancelledError as error:
        print(loop.time(), error.args, log)
    inner = loop.create_task(op(log))
    waiter = asyncio.create_task(asyncio.wait_for(inner, 5))
    await asyncio.sleep(1)
    inner.cancel("inner")
    try:
        await waiter
    except asyncio.CancelledError as error:
        print(loop.time(), error.args, log)


asyncio.run(main())
