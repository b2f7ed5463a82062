"""wait_for(predicate) looks again at each notification."""
import asyncio


async def main():
    condition, items = asyncio.Condition(), []

    def enough():
        print("looks at", items)
        return len(items) >= 2 and sum(items)

    async def consumer():
        async with condition:
            print("sum", await condition.wait_for(enough), asyncio.get_running_loop().time())

    task = asyncio.create_task(consumer())
    for item in (3, 4, 5):
        await asyncio.sleep(1)
        async with condition:
            items.append(item)
            condition.notify()
    await task


asyncio.run(main())
