# title: create_task runs in the background
# about: create_task only puts the task in the queue; it starts when main awaits something.
import asyncio

DELAY = 5.0  # param: 0.5..8.0 step 0.5 s: how long the download takes


async def download():
    print("download: started")  # caption: main has let go of the loop, so download's turn has come.
    await asyncio.sleep(DELAY)
    print("download: finished")
    return "42 MB"


async def main():
    # caption: create_task only puts it into the ready queue: main still runs.
    task = asyncio.create_task(download())
    # caption: download is a task now, and has not begun.
    print("main: continuing")  # marker: continuing
    for step in range(1, 4):
        await asyncio.sleep(1.2)
        print(f"main: other work {step}")
    size = await task  # caption: With nothing else to do, main awaits the task's result.
    # caption: Awaiting a task gives what its coroutine returned.
    print(f"main: got {size}")  # marker: result


asyncio.run(main())
