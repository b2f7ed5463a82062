# title: Cancelling, and cleaning up
# about: cancel() raises CancelledError where the task waits; finally tidies up, and may await.
import asyncio

CANCEL_AT = 1.5  # param: 0.5..6.0 step 0.5 s: when main cancels the copy


async def copy():
    print("copy: file opened")
    try:
        # caption: copy waits here; if it is cancelled meanwhile, CancelledError is raised here.
        await asyncio.sleep(4.25)
        print("copy: finished")
    finally:
        print("copy: closing the file")  # caption: finally runs however the block is left.
        await asyncio.sleep(0.8)  # caption: Cleaning up may take time: the task is not done yet.
        print("copy: file closed")


async def main():
    task = asyncio.create_task(copy())
    await asyncio.sleep(CANCEL_AT)
    # caption: cancel() only asks: a task that is not done gets it when its turn comes.
    task.cancel()  # marker: cancel
    print("main: cancel requested")
    try:
        await task  # caption: main goes on when copy is done, cleaning up included.
        print("main: copied")
    except asyncio.CancelledError:
        # caption: Whoever awaits a cancelled task gets CancelledError, too.
        print("main: copy was cancelled")  # marker: cancelled


asyncio.run(main())
