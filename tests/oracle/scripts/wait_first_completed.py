"""wait() returns when the first one is done, with all that are done by then."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(asyncio.sleep(d, d), name=f"s{d}") for d in (3, 1, 2, 1)]
    while tasks:
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        print(loop.time(), sorted(t.get_name() for t in done), sorted(t.get_name() for t in pending))
        tasks = [t for t in tasks if t in pending]


asyncio.run(main())
