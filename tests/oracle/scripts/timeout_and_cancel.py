"""A cancel before, at and after the deadline of a timeout."""
import asyncio


async def op():
    try:
        async with asyncio.timeout(2):
            await asyncio.sleep(10)
    except TimeoutError:
        print("timeout", asyncio.current_task().cancelling())
    except asyncio.CancelledError:
        print("cancelled", asyncio.current_task().cancelling())
        raise


async def main():
    loop = asyncio.get_running_loop()
    for delay in (1, 2, 3):
        task = asyncio.create_task(op())
        loop.call_later(delay, task.cancel)
        try:
            await task
        except asyncio.CancelledError:
            print("main sees it", loop.time())
    task = asyncio.create_task(op())
    await asyncio.sleep(0)
    loop.call_later(2, task.cancel)
    print(await asyncio.gather(task, return_exceptions=True))


asyncio.run(main())
