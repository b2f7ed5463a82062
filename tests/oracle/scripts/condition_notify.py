"""notify(n) wakes n waiters, who get the lock one after another."""
import asyncio


async def consumer(condition, name):
    async with condition:
        print(name, await condition.wait(), asyncio.get_running_loop().time())
        await asyncio.sleep(1)


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(consumer(condition, n)) for n in "abcde"]
    await asyncio.sleep(1)
    async with condition:
        condition.notify()
        print("notified one", condition.locked())
    await asyncio.sleep(2)
    async with condition:
        condition.notify(2)
    await asyncio.sleep(3)
    async with condition:
        condition.notify_all()
        await asyncio.sleep(1)
    await asyncio.gather(*tasks)
    print(asyncio.get_running_loop().time())


asyncio.run(main())
