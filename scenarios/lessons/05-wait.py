# title: wait returns when the first task is done
# about: wait gives back two sets, done and pending; it cancels nothing and raises nothing.
import asyncio

SLOW = 5.0  # param: 2.5..8.0 step 0.5 s: how long the slow task takes


async def io_task(seconds):
    await asyncio.sleep(seconds)
    return f"slept {seconds:.1f} s"


def names(tasks):
    return ", ".join(task.get_name() for task in tasks)


async def main():
    fast = asyncio.create_task(io_task(2.0), name="fast")
    slow = asyncio.create_task(io_task(SLOW), name="slow")
    # caption: main waits for either of the two: FIRST_COMPLETED.
    done, pending = await asyncio.wait({fast, slow}, return_when=asyncio.FIRST_COMPLETED)
    # caption: fast is done, and that is enough: wait returns both sets.
    print(f"done: {names(done)}")  # marker: the first is done
    print(f"pending: {names(pending)}")  # caption: slow was not cancelled; it is still asleep.
    for task in pending:
        print(f"{task.get_name()}: {await task}")  # caption: What is pending can be awaited later.
    # caption: wait handed out no results: each task keeps its own.
    print("both are done")  # marker: both are done


asyncio.run(main())
