# title: Three ways: async, threads, processes
# about: Waiting overlaps in all three; computing overlaps only in processes.
# compare: WAYS=async | WAYS=threads | WAYS=processes
import asyncio
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

WORK = 1.0  # param: 0.5..2.0 step 0.5 s: how long each job waits or computes
WAYS = "all"  # param: all|async|threads|processes: which of the ways main takes


def wait():
    time.sleep(WORK)  # caption: This waits in a thread or process of its own: the loop is free.


def compute():
    end = time.thread_time() + WORK
    while time.thread_time() < end:
        pass  # cost: 0.25 s


async def compute_here():
    compute()  # caption: Computing in the loop's thread: there is no await, so nobody else runs.


async def main():
    call = asyncio.get_running_loop().run_in_executor
    pools = {"threads": ThreadPoolExecutor(2), "processes": ProcessPoolExecutor(2)}
    for task, job in (lambda: asyncio.sleep(WORK), wait), (compute_here, compute):
        for way in ["async", *pools] if WAYS == "all" else [WAYS]:
            begin = time.perf_counter()
            if way == "async":
                await asyncio.gather(task(), task())  # marker: async
            else:
                await asyncio.gather(*(call(pools[way], job) for _ in range(2)))  # marker: pools
            print(f"{job.__name__}, {way}: {time.perf_counter() - begin:.1f} s")


if __name__ == "__main__":
    asyncio.run(main())
