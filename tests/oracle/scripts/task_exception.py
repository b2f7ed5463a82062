"""exception(), result() and await on a task that failed."""
import asyncio


async def fail():
    await asyncio.sleep(1)
    raise LookupError("nothing there")


async def main():
    task = asyncio.create_task(fail())
    for method in task.exception, task.result:
        try:
            method()
        except asyncio.InvalidStateError as error:
            print("too early:", error)
    for _ in range(2):
        try:
            await task
        except LookupError as error:
            print("await:", error)
    try:
        task.result()
    except LookupError as error:
        print("result:", error, error is task.exception())
    print(task.done(), task.cancelled(), repr(task.exception()))


asyncio.run(main())
