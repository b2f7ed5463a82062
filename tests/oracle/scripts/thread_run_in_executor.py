# run_in_executor: the default pool, pools of one's own, queueing, lowest idle worker.
import asyncio
import concurrent.futures
import threading
import time


def job(n, seconds):
    name = threading.current_thread().name
    print(f"{time.monotonic():.2f} job {n} begins on {name}")
    time.sleep(seconds)
    print(f"{time.monotonic():.2f} job {n} ends on {name}")
    return n


async def main():
    loop = asyncio.get_running_loop()
    futures = [loop.run_in_executor(None, job, n, 1 + n / 4) for n in range(10)]
    print([f.done() for f in futures])
    print(await asyncio.gather(*futures))
    with concurrent.futures.ThreadPoolExecutor(2, thread_name_prefix="own") as pool:
        futures = [loop.run_in_executor(pool, job, n, s) for n, s in enumerate((3, 1, 1, 1, 1))]
        for future in reversed(futures):
            print(f"{time.monotonic():.2f} result", await future)
        await loop.run_in_executor(pool, job, 9, 0)
    with concurrent.futures.ProcessPoolExecutor() as pool:
        print(await asyncio.gather(*(loop.run_in_executor(pool, job, n, 2) for n in range(6))))
    loop.set_default_executor(concurrent.futures.ThreadPoolExecutor(1))
    print(await asyncio.gather(*(loop.run_in_executor(None, job, n, 1) for n in range(3))))
    try:
        loop.set_default_executor("no executor")
    except TypeError as error:
        print(error)


asyncio.run(main())
print(f"{time.monotonic():.2f}")
