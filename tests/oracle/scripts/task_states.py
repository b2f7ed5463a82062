"""done, cancelled, result and exception in each state of a task."""
import asyncio


def show(label, task):
    print(label, task.done(), task.cancelled())
    for method in task.result, task.exception:
        try:
            print("  ", method())
        except (Exception, asyncio.CancelledError) as error:
            print("  ", type(error).__name__, error)


async def give():
    await asyncio.sleep(1)
    return "result"


async def main():
    a, b = asyncio.create_task(give()), asyncio.create_task(give())
    show("new", a)
    await asyncio.sleep(0.5)
    show("pending", a)
    b.cancel("why not")
    show("cancelling", b)
    await asyncio.sleep(1)
    show("finished", a)
    show("cancelled", b)


asyncio.run(main())
