"""run_coroutine_threadsafe, wrap_future and futures of both kinds."""
import asyncio
import concurrent.futures
import threading
import time


async def double(n):
    await asyncio.sleep(1)
    return 2 * n


def thread(loop):
    future = asyncio.run_coroutine_threadsafe(double(21), loop)
    print("thread gets", future.result(), loop.time())
    loop.call_soon_threadsafe(print, "from the thread")


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(thread, loop)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(time.sleep, d) for d in (2, 1)]
        await asyncio.gather(*map(asyncio.wrap_future, jobs))
        print(loop.time(), [j.done() for j in jobs])
    print(threading.active_count() > 0)


asyncio.run(main())
