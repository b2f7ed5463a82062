# title: Three ways: async, threads, processes
# about: Waiting overlaps in all three; computing overlaps only in processes.
import asyncio
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

WORK = 1.0  # param: 0.5..2.0 step 0.5 s: how long each job waits or computes


def wait():
    time.sleep(WORK)  # caption: This waits in a thread or process of its own: the loop is free.


def compute():
    end = time.thread_time() + WORK
    while time.thread_time() < end:
        pass  # cost: 0.25 s


async def compute_here():
    compute()  # caption: Computing in the loop's thread: there is no await, so nobody else runs.


async def measure(job, way, start):
    begin = time.perf_counter()
    await asyncio.gather(start(), start())
    print(f"{job.__name__}, {way}: {time.perf_counter() - begin:.1f} s")


async def main():
    call = asyncio.get_running_loop().run_in_executor
    threads, processes = ThreadPoolExecutor(2), ProcessPoolExecutor(2)
    for task, job in (lambda: asyncio.sleep(WORK), wait), (compute_here, compute):
        await measure(job, "async", task)  # marker: async
        await measure(job, "threads", lambda: call(threads, job))  # marker: threads
        await measure(job, "processes", lambda: call(processes, job))  # marker: processes


if __name__ == "__main__":
    asyncio.run(main())
