# title: gather, against one after another
# about: gather starts all of them, so their waits overlap: the slowest counts, not the sum.
# compare: WAYS=serial | WAYS=gather
import asyncio
import time

PAUSE = 1.5  # param: 0.3..3.1 step 0.4 s: how long one iteration of io_task A takes
WAYS = "both"  # param: both|serial|gather: which of the two ways main takes


async def io_task(name, iterations, pause):
    for i in range(1, iterations + 1):
        await asyncio.sleep(pause)
        print(f"io_task {name}: iteration {i}")


async def one_after_another():
    # caption: One after another: B cannot begin before A has ended.
    await io_task("A", 3, PAUSE)  # marker: one after another
    await io_task("B", 2, 2.0)
    await io_task("C", 2, 1.25)


async def together():
    # caption: gather makes three tasks; all of them wait at the same time.
    await asyncio.gather(io_task("A", 3, PAUSE), io_task("B", 2, 2.0), io_task("C", 2, 1.25))  # marker: gather


async def main():
    start = time.perf_counter()
    if WAYS != "gather":
        await one_after_another()
        print(f"one after another: {time.perf_counter() - start:.1f} s")
    middle = time.perf_counter()
    if WAYS != "serial":
        await together()
        print(f"gather: {time.perf_counter() - middle:.1f} s")


asyncio.run(main())
