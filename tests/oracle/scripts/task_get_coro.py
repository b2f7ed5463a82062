"""What a task says of itself: its coroutine and its loop."""
import asyncio


async def some_work():
    await asyncio.sleep(0)


async def main():
    coro = some_work()
    task = asyncio.create_task(coro)
    print(task.get_coro() is coro, task.get_coro().__name__)
    print(task.get_loop() is asyncio.get_running_loop())
    print(isinstance(task, asyncio.Task), isinstance(task, asyncio.Future))
    await task
    print(asyncio.isfuture(task), asyncio.iscoroutine(task))


asyncio.run(main())
