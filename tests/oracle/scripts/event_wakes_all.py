"""set() wakes all that wait, in order; clear() makes others wait again."""
import asyncio


async def waiter(event, name):
    print(name, await event.wait(), asyncio.get_running_loop().time())


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(event, n)) for n in "abc"]
    await asyncio.sleep(1)
    print(str(event).split("[")[1], event.is_set())
    event.set()
    event.clear()
    tasks.append(asyncio.create_task(waiter(event, "late")))
    await asyncio.sleep(1)
    print([t.done() for t in tasks], event.is_set())
    event.set()
    event.set()
    await asyncio.gather(*tasks)
    print(await event.wait())


asyncio.run(main())
