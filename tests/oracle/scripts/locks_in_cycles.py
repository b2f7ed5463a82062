"""Locks, queues and the tasks that wait at them are collected when only they know each other."""
import asyncio
import gc
import weakref


def alone():
    queue, ordered = asyncio.Queue(), asyncio.PriorityQueue()
    condition = asyncio.Condition()
    queue.put_nowait(queue)
    ordered.put_nowait((1, ordered))
    condition._lock.condition = condition
    objects = [asyncio.Lock(), asyncio.Event(), asyncio.Barrier(2), asyncio.Semaphore()]
    for each in objects:
        each.me = each
    return [weakref.ref(each) for each in (queue, ordered, condition, condition._lock, *objects)]


async def notified(condition):
    async with condition:
        await condition.wait()


async def holds(condition):
    async with condition:
        await condition.wait_for(lambda: False)


async def waited_for():
    event, condition, lock = asyncio.Event(), asyncio.Condition(), asyncio.Lock()
    queue, barrier = asyncio.Queue(), asyncio.Barrier(3)
    await lock.acquire()
    tasks = [asyncio.create_task(each) for each in (
        event.wait(), notified(condition), holds(condition), queue.get(), barrier.wait(),
        lock.acquire())]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    for each in tasks:
        each._log_destroy_pending = False
    return [weakref.ref(each) for each in (event, condition, queue, barrier, lock, *tasks)]


async def main():
    references = alone()
    gc.collect()
    print(*(each() is None for each in references))
    references = await waited_for()
    gc.collect()
    gc.collect()
    print(*(each() is None for each in references))


asyncio.run(main())
