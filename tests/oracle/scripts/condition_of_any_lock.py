"""A Condition asks its lock for acquire(), release() and locked(), whatever that is."""
import asyncio


class Talking(asyncio.Lock):
    async def acquire(self):
        print("  acquire, locked:", self.locked())
        return await super().acquire()

    def release(self):
        print("  release")
        super().release()


class Asked(asyncio.Lock):
    asked = 0

    def locked(self):
        self.asked += 1
        return super().locked()


class Duck:
    """No lock of asyncio's at all."""

    def __init__(self):
        self._inner = asyncio.Semaphore(1)

    def locked(self):
        return self._inner.locked()

    async def acquire(self):
        await self._inner.acquire()
        return "quack"

    def release(self):
        self._inner.release()


async def waiter(name, condition):
    async with condition:
        print(name, "waits")
        try:
            print(name, "got", await condition.wait())
        except asyncio.CancelledError:
            print(name, "was cancelled, locked:", condition.locked())
            raise


async def use(lock):
    print(type(lock).__name__)
    condition = asyncio.Condition(lock)
    tasks = [asyncio.create_task(waiter(name, condition), name=name) for name in "abcd"]
    await asyncio.sleep(1)
    print(repr(condition).rpartition("[")[2], len(condition._waiters), condition._lock is lock)
    async with condition:
        condition.notify(2)
        tasks[3].cancel()
        await asyncio.sleep(1)
        tasks[3].cancel()
        await asyncio.sleep(1)
    await asyncio.sleep(1)
    async with condition:
        condition.notify_all()
    print(await asyncio.gather(*tasks, return_exceptions=True))
    for call in condition.notify, condition.notify_all, lambda: condition.notify(0):
        try:
            print(call())
        except RuntimeError as error:
            print(error)
    try:
        await condition.wait()
    except RuntimeError as error:
        print(error)
    numbers = []

    async def count():
        async with condition:
            print("three:", await condition.wait_for(lambda: len(numbers) >= 3 and numbers))

    task = asyncio.create_task(count())
    for number in range(4):
        await asyncio.sleep(1)
        async with condition:
            numbers.append(number)
            condition.notify()
    await task
    print(await condition.acquire(), condition.locked())
    condition.release()


async def main():
    asked = Asked()
    for lock in asyncio.Lock(), Talking(), asked, Duck():
        await use(lock)
    print("asked", asked.asked)
    for wrong in object(), 1, asyncio.Event():
        try:
            asyncio.Condition(wrong)
        except AttributeError as error:
            print(error)


asyncio.run(main())
