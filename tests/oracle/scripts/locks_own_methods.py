"""Locks and queues call the methods of the script's class where asyncio's own do."""
import asyncio


class Semaphore(asyncio.Semaphore):
    def locked(self):
        answer = super().locked()
        print("locked", answer)
        return answer


class Bounded(asyncio.BoundedSemaphore):
    def locked(self):
        print("asked")
        return False


class Condition(asyncio.Condition):
    async def wait(self):
        print("wait")
        return await super().wait()

    def notify(self, n=1):
        print("notify", n)
        super().notify(n)

    async def acquire(self):
        print("never called: the lock's own method hides it")


class Barrier(asyncio.Barrier):
    async def wait(self):
        print("wait at the barrier")
        return await super().wait()


class Queue(asyncio.Queue):
    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        self._queue.append(item)

    def _get(self):
        return self._queue.pop()

    def qsize(self):
        print("qsize")
        return super().qsize()

    def empty(self):
        print("empty")
        return super().empty()

    def full(self):
        print("full")
        return super().full()


async def hold(semaphore, number):
    async with semaphore:
        print("in", number)
        await asyncio.sleep(1)


async def wait_for(condition, flags):
    async with condition:
        await condition.wait_for(lambda: flags)
        print("it holds")


async def meet(barrier):
    async with barrier as index:
        print("met", index)


async def main():
    semaphore = Semaphore(1)
    await asyncio.gather(hold(semaphore, 1), hold(semaphore, 2))
    print("value" in repr(semaphore))
    await asyncio.gather(hold(Bounded(1), 1), hold(Bounded(1), 2))

    condition, flags = Condition(), []
    waiters = [asyncio.create_task(wait_for(condition, flags)) for _ in range(2)]
    await asyncio.sleep(0)
    async with condition:
        condition.notify_all()
    await asyncio.sleep(1)
    flags.append(True)
    async with condition:
        condition.notify_all()
    await asyncio.gather(*waiters)

    barrier = Barrier(2)
    await asyncio.gather(meet(barrier), meet(barrier))

    queue = Queue(1)

    async def produce():
        for item in range(3):
            await queue.put(item)

    producer = asyncio.create_task(produce())
    for _ in range(3):
        print("got", await queue.get())
    await producer


asyncio.run(main())
