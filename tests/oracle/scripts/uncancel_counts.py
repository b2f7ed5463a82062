"""cancelling() and uncancel() count requests."""
import asyncio


async def work():
    task = asyncio.current_task()
    for _ in range(2):
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError as error:
            print(error.args, task.cancelling(), task.uncancel())
    task.uncancel()
    return "done"


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(1)
    print(task.cancel("first"), task.cancel("second"), task.cancelling())
    await asyncio.sleep(1)
    task.cancel("third")
    print(await task, task.cancel(), task.cancelling())


asyncio.run(main())
