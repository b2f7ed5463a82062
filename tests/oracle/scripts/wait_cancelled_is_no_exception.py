"""A cancelled one does not count as an exception for wait()."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(asyncio.sleep(d)) for d in (1, 2)]
    loop.call_later(0.5, tasks[0].cancel)
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print(loop.time(), len(done), len(pending), tasks[0].cancelled())


asyncio.run(main())
