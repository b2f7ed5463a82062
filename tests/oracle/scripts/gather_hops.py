"""How many iterations pass between a child's end and the waiter's next step."""
import asyncio


async def child():
    print("child")


async def ticker():
    for i in range(7):
        print("tick", i)
        await asyncio.sleep(0)


async def main():
    t = asyncio.create_task(ticker())
    await asyncio.gather(child())
    print("gather done")
    await asyncio.create_task(child())
    print("task done")
    await t


asyncio.run(main())
