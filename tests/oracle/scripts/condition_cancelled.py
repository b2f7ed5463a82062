"""A cancelled waiter of a condition takes the lock again first."""
import asyncio


async def waiter(condition, name):
    try:
        async with condition:
            try:
                await condition.wait()
                print(name, "notified")
            finally:
                print(name, "holds the lock", condition.locked(), asyncio.get_running_loop().time())
    except asyncio.CancelledError:
        print(name, "cancelled")


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(waiter(condition, n)) for n in "abc"]
    await asyncio.sleep(1)
    async with condition:
        tasks[0].cancel()
        await asyncio.sleep(2)
        condition.notify()
        tasks[1].cancel()
    await asyncio.sleep(1)
    async with condition:
        condition.notify_all()
    await asyncio.gather(*tasks)


asyncio.run(main())
