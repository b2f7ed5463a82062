"""A waiter of an event that is cancelled leaves the others alone."""
import asyncio


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(event.wait(), name=n) for n in "abc"]
    await asyncio.sleep(1)
    tasks[1].cancel()
    event.set()
    print(await asyncio.gather(*tasks, return_exceptions=True))
    event.clear()
    task = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    event.set()
    task.cancel()
    print(await asyncio.gather(task, return_exceptions=True))


asyncio.run(main())
