"""Copies and pickles of locks and queues: what they hold, and what cannot be copied."""
import asyncio
import copy
import pickle
import re


def text(thing):
    return re.sub("0x[0-9a-f]+", "x", repr(thing))


def attempt(what, function):
    try:
        print(what, function())
    except BaseException as error:
        print(what, "raised", type(error).__name__, error)


class Own(asyncio.Queue):
    pass


async def things():
    lock, locked = asyncio.Lock(), asyncio.Lock()
    await locked.acquire()
    semaphore = asyncio.BoundedSemaphore(3)
    await semaphore.acquire()
    event = asyncio.Event()
    event.set()
    queues = [asyncio.Queue(5), asyncio.PriorityQueue(), asyncio.LifoQueue(), Own()]
    for queue in queues:
        for item in 3, 1, 2:
            queue.put_nowait(item)
        queue.note = 7
    queues[0].get_nowait()
    queues[1].task_done()
    return [
        lock, locked, semaphore, asyncio.Semaphore(2), event, asyncio.Event(), asyncio.Condition(),
        asyncio.Condition(locked), asyncio.Barrier(2), *queues,
    ]


async def main():
    for thing in await things():
        for way in copy.copy, copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing)):
            attempt(type(thing).__name__, lambda: (text(way(thing)), getattr(way(thing), "note", None)))
    lock, locked, semaphore, *_, condition, _, barrier, queue, _, _, own = await things()
    other = copy.deepcopy(queue)
    queue.put_nowait(4)
    print(other.qsize(), queue.qsize(), await other.get(), await other.get(), other.empty(), queue.qsize())
    other = copy.deepcopy(lock)
    async with other:
        print(other.locked(), lock.locked())
    other = copy.deepcopy(condition)
    async with other:
        print(other.locked(), condition.locked())
    other = copy.deepcopy(barrier)
    print(await asyncio.gather(other.wait(), other.wait()))
    other = copy.deepcopy(semaphore)
    await other.acquire()
    await other.acquire()
    print(other.locked())
    for _ in range(4):
        attempt("release", other.release)
    task = asyncio.create_task(locked.acquire())
    await asyncio.sleep(0)
    attempt("waited for", lambda: copy.deepcopy(locked))
    attempt("waited for", lambda: pickle.dumps(locked))
    locked.release()
    await task


asyncio.run(main())
