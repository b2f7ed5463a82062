"""repr() of tasks, in each of their states."""
import asyncio


async def work(error=None):
    await asyncio.sleep(1)
    if error:
        raise error
    return 42


def show(task):
    print(str(task).replace(__file__, "FILE"))


async def main():
    tasks = [asyncio.create_task(work(), name="plain"), asyncio.create_task(work(ValueError("x")))]
    show(tasks[0])
    await asyncio.sleep(0)
    print(str(tasks[0]).replace(__file__, "FILE").split("wait_for")[0])
    tasks.append(asyncio.create_task(work(), name="cancelled"))
    await asyncio.sleep(0.5)
    tasks[2].cancel()
    print(str(tasks[2]).replace(__file__, "FILE").split("wait_for")[0])
    await asyncio.wait(tasks)
    for task in tasks:
        show(task)


asyncio.run(main())
