# A cancelled await does not stop the thread; a job that did not start is cancelled.
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def job(name):
    print(f"{time.monotonic():.1f} {name} begins")
    time.sleep(2)
    print(f"{time.monotonic():.1f} {name} ends")


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(asyncio.to_thread(job, "a"))
    await asyncio.sleep(1)
    print(f"{time.monotonic():.1f} cancelling", task.cancel())
    try:
        await task
    except asyncio.CancelledError:
        print(f"{time.monotonic():.1f} cancelled")
    pool = ThreadPoolExecutor(1)
    first = loop.run_in_executor(pool, job, "b")
    second = loop.run_in_executor(pool, job, "c")
    await asyncio.sleep(0.5)
    print(first.cancel(), second.cancel())
    await asyncio.sleep(0)
    print(first, second)
    third = loop.run_in_executor(pool, job, "d")
    await third
    raise SystemExit(4)


asyncio.run(main())
