"""Callbacks of a task run in order, an iteration after its end, and may be removed."""
import asyncio


async def work():
    print("work ends")
    return 5


def callback(label):
    def call(task):
        print(label, task.done(), task.result())

    return call


async def main():
    task = asyncio.create_task(work())
    a, b, c = map(callback, "abc")
    for f in a, b, a, c, b:
        task.add_done_callback(f)
    print("removed", task.remove_done_callback(a), task.remove_done_callback(a))
    print("result", await task)
    task.add_done_callback(callback("late"))
    print("added late")
    await asyncio.sleep(0)
    print("end", task.remove_done_callback(c))


asyncio.run(main())
