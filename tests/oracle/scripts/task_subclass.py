"""A subclass of Task, and a custom awaitable beside it."""
import asyncio


class Counted(asyncio.Task):
    made = 0

    def __init__(self, coro, **options):
        super().__init__(coro, **options)
        Counted.made += 1

    def cancel(self, msg=None):
        print("cancel", self.get_name(), msg)
        return super().cancel(msg=msg)


async def work(delay):
    await asyncio.sleep(delay)
    return delay


async def main():
    loop = asyncio.get_running_loop()
    task = Counted(work(2), loop=loop, name="mine")
    print(isinstance(task, asyncio.Future), await task, Counted.made)
    task = Counted(work(5), loop=loop, name="second")
    try:
        await asyncio.wait_for(task, 1)
    except asyncio.TimeoutError:
        print("timeout", loop.time(), task.cancelled())
    task = Counted(work(5), loop=loop, name="third")
    group = asyncio.gather(task, work(1))
    loop.call_later(0.5, group.cancel)
    try:
        await group
    except asyncio.CancelledError:
        print(task.cancelled())


asyncio.run(main())
