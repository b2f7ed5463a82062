# While the main thread blocks, the threads go on; the loop's timers are late.
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def job(seconds):
    time.sleep(seconds)
    print(f"{time.monotonic():.1f} slept {seconds}")
    return seconds


async def other():
    await asyncio.sleep(1)
    print(f"{time.monotonic():.1f} other")


async def main():
    task = asyncio.create_task(other())
    await asyncio.sleep(0)
    pool = ThreadPoolExecutor()
    print(pool.submit(job, 2).result())
    await task
    futures = [asyncio.get_running_loop().run_in_executor(pool, job, n) for n in (3, 1, 2)]
    time.sleep(2.5)
    print(f"{time.monotonic():.1f} blocked")
    print([f.done() for f in futures])
    await asyncio.sleep(0)
    print([f.done() for f in futures])
    await asyncio.sleep(0)
    print([f.done() for f in futures])
    pool.shutdown()
    print(f"{time.monotonic():.1f} shut down")
    print(await asyncio.gather(*futures))


asyncio.run(main())
