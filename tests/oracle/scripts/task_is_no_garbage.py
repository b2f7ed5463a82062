"""Tasks that nobody names are kept by whom they wait for, however often garbage is collected."""
import asyncio
import gc
import time


async def waiter(name, wait):
    try:
        await wait()
        print(name, "woken")
    finally:
        print(name, "ends")


async def nap():
    await asyncio.sleep(2)


async def group():
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(nap())


async def notified(condition):
    async with condition:
        await condition.wait()


async def main():
    lock, event, condition = asyncio.Lock(), asyncio.Event(), asyncio.Condition()
    semaphore, barrier = asyncio.Semaphore(0), asyncio.Barrier(2)
    queue, full = asyncio.Queue(), asyncio.Queue(1)
    future = asyncio.get_running_loop().create_future()
    await lock.acquire()
    full.put_nowait(1)
    waits = {
        "future": lambda: future,
        "lock": lock.acquire,
        "event": event.wait,
        "condition": lambda: notified(condition),
        "semaphore": semaphore.acquire,
        "get": queue.get,
        "put": lambda: full.put(2),
        "join": full.join,
        "barrier": barrier.wait,
        "wait": lambda: asyncio.wait([future]),
        "group": group,
        "gather": lambda: asyncio.gather(future),
        "wait_for": lambda: asyncio.wait_for(asyncio.shield(future), 5),
        "as_completed": lambda: next(asyncio.as_completed([future])),
        "thread": lambda: asyncio.to_thread(time.sleep, 1),
    }
    for name, wait in waits.items():
        asyncio.create_task(waiter(name, wait))
    await asyncio.sleep(0.5)
    gc.collect()
    print("collected")
    lock.release(), event.set(), semaphore.release(), queue.put_nowait(1), full.get_nowait()
    future.set_result(None)
    async with condition:
        condition.notify_all()
    await asyncio.sleep(2)
    print("main ends")


asyncio.run(main())
