"""cancel() goes down the chain of awaited tasks, the exception comes back up."""
import asyncio


async def link(n, below):
    try:
        if below is None:
            await asyncio.sleep(10)
        else:
            await below
    except asyncio.CancelledError:
        print("link", n)
        raise


async def main():
    task = None
    chain = []
    for n in range(4):
        task = asyncio.create_task(link(n, task))
        chain.append(task)
    await asyncio.sleep(1)
    task.cancel()
    print([t.cancelled() for t in chain])
    try:
        await task
    except asyncio.CancelledError:
        print([t.cancelled() for t in chain])


asyncio.run(main())
