# title: A task that starves the others
# about: Between two awaits nobody else runs; long work has to let others in now and then.
import asyncio
import time

PIECE = 0.1  # param: 0.1..0.5 step 0.1 s: how long one piece of the work takes


async def clock():
    for tick in range(1, 4):
        due = time.perf_counter() + 0.42
        await asyncio.sleep(0.42)
        print(f"tick {tick}: {time.perf_counter() - due:.1f} s late")


async def greedy():
    for _ in range(15):
        time.sleep(PIECE)  # caption: time.sleep stands for work that keeps the thread busy.


async def polite():
    for _ in range(15):
        time.sleep(PIECE)
        await asyncio.sleep(0)  # caption: sleep(0) only goes to the end of the queue, so that others run.


async def main():
    # caption: greedy never awaits: clock cannot tick until all 15 pieces are done.
    await asyncio.gather(clock(), greedy())  # marker: greedy
    print("now politely")
    # caption: polite awaits after each piece, so clock can tick in between.
    await asyncio.gather(clock(), polite())  # marker: polite


asyncio.run(main())
