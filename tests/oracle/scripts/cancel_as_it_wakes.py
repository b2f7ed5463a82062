"""cancel() when the timer has fired but the task has not run yet."""
import asyncio


async def sleeper():
    try:
        await asyncio.sleep(1)
        print("woke")
    except asyncio.CancelledError:
        print("cancelled instead")


async def canceller():
    await asyncio.sleep(1)
    print("cancel", task.cancel())


async def main():
    global task
    c = asyncio.create_task(canceller())
    task = asyncio.create_task(sleeper())
    await asyncio.gather(c, task)


asyncio.run(main())
