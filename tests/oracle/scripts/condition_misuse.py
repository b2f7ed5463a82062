"""Conditions want their lock held."""
import asyncio


async def main():
    lock = asyncio.Lock()
    condition = asyncio.Condition(lock)
    for method in condition.notify, condition.notify_all:
        try:
            method()
        except RuntimeError as error:
            print(error)
    try:
        await condition.wait()
    except RuntimeError as error:
        print(error)
    await condition.acquire()
    print(lock.locked(), condition.locked())
    condition.release()
    async with lock:
        condition.notify_all()
    print(str(condition).split("[")[1])


asyncio.run(main())
