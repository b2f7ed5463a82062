"""Who waits at a lock or queue that is still there is no garbage."""
import asyncio
import gc

EVENT, QUEUE, CONDITION = asyncio.Event(), asyncio.Queue(), asyncio.Condition()
LOCK, SEMAPHORE, BARRIER = asyncio.Lock(), asyncio.Semaphore(0), asyncio.Barrier(2)


async def waiter(name, wait):
    try:
        print(name, await wait())
    except BaseException as error:
        print(name, repr(error))
        raise


async def notified():
    async with CONDITION:
        return await CONDITION.wait()


async def main():
    await LOCK.acquire()
    for name, wait in (("event", EVENT.wait), ("get", QUEUE.get), ("join", QUEUE.join),
                       ("condition", notified), ("lock", LOCK.acquire),
                       ("semaphore", SEMAPHORE.acquire), ("barrier", BARRIER.wait)):
        asyncio.create_task(waiter(name, wait))
    await asyncio.sleep(1)
    gc.collect()
    print("collected")
    await asyncio.sleep(1)
    EVENT.set()
    QUEUE.put_nowait(1)
    LOCK.release()
    SEMAPHORE.release()
    async with CONDITION:
        CONDITION.notify()
    await BARRIER.wait()
    await asyncio.sleep(1)
    print(len(asyncio.all_tasks()))


asyncio.run(main())
