"""What the coroutines of asyncio's own await: cr_await, as tools that draw stacks follow it."""
import asyncio


def chain(coro):
    names = []
    while coro is not None:
        names.append(getattr(coro, "__qualname__", type(coro).__name__))
        coro = getattr(coro, "cr_await", None)
    return names


async def sleeps():
    await asyncio.sleep(1)


async def gets(queue):
    return await queue.get()


async def nests(coro):
    return await asyncio.wait_for(coro, 5)


async def groups():
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.sleep(1))


async def main():
    queue = asyncio.Queue()
    coros = [sleeps(), gets(queue), nests(sleeps()), groups(), asyncio.sleep(2), asyncio.Event().wait()]
    tasks = [asyncio.create_task(coro) for coro in coros]
    print([chain(coro) for coro in coros])
    await asyncio.sleep(0.5)
    for coro in coros:
        print(chain(coro))
    await asyncio.sleep(0)
    await queue.put(1)
    await asyncio.wait(tasks[:5])
    print([chain(coro) for coro in coros])
    tasks[5].cancel()


asyncio.run(main())
