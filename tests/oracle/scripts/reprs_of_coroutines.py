"""Tasks whose coroutine is asyncio's own say where it stands, and have a stack."""
import asyncio
import inspect


def show(task):
    print(task)
    task.print_stack()
    print([(frame.f_code.co_name, frame.f_lineno) for frame in task.get_stack()])


async def main():
    lock, event, queue, barrier = asyncio.Lock(), asyncio.Event(), asyncio.Queue(1), asyncio.Barrier(2)
    await lock.acquire()
    await queue.put(0)
    sleeper = asyncio.create_task(asyncio.sleep(3), name="sleeper")
    coroutines = [
        asyncio.sleep(0), lock.acquire(), event.wait(), queue.put(1), queue.join(), barrier.wait(),
        asyncio.wait([sleeper]), asyncio.wait_for(asyncio.Queue().get(), 4), lock.__aenter__(),
        asyncio.sleep(2),
    ]
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    for task in tasks:
        show(task)
        print(inspect.getcoroutinestate(task.get_coro()))
    await asyncio.sleep(0)
    for task in tasks:
        show(task)
        print(inspect.getcoroutinestate(task.get_coro()))
    print(sleeper)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    for task in tasks:
        show(task)
    await asyncio.create_task(asyncio.sleep(0), name="twin")


asyncio.run(main())
