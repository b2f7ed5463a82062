"""What lines say that they cost: in tasks, callbacks and threads, and in processes at the same time."""
import asyncio
import concurrent.futures
import time

began = time.perf_counter()
total = sum(range(10))  # cost: 0.5 s


def say(what):
    print(f"{time.perf_counter() - began:.3f} {what}, computed {time.thread_time():.3f}")


def compute(name, pieces):
    for _ in range(pieces):
        pass  # cost: 0.2 s
    say(name)
    return name


async def compute_and_sleep(name):
    for number in range(3):
        compute(f"{name} {number}", 1)
        await asyncio.sleep(0.05)


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.gather(compute_and_sleep("a"), compute_and_sleep("b"))
    for pool in concurrent.futures.ThreadPoolExecutor(2), concurrent.futures.ProcessPoolExecutor(2):
        say(f"{type(pool).__name__}")
        jobs = [loop.run_in_executor(pool, compute, f"job {n}", n) for n in (3, 1, 2)]
        compute("the loop's own", 1)
        print(await asyncio.gather(*jobs, asyncio.to_thread(compute, "default pool", 1)))
    say("the end")  # cost: 0 s
    x = 1  # cost: much


asyncio.run(main())
