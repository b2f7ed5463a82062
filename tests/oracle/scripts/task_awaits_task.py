"""Several tasks await the same task; each gets its result, in the order of waiting."""
import asyncio


async def work():
    await asyncio.sleep(1)
    return {"answer": 42}


async def waiter(name, task):
    print(name, "waits")
    result = await task
    print(name, result, result is await task)


async def main():
    task = asyncio.create_task(work())
    await asyncio.gather(*(waiter(n, task) for n in "abc"))


asyncio.run(main())
