# title: time.sleep blocks everything
# about: There is one thread: while one task blocks it, no other task can run.
import asyncio
import time

BUSY = 2.0  # param: 0.0..4.0 step 0.5 s: how long report blocks the loop
start = time.perf_counter()


def say(text):
    now = time.perf_counter() - start
    print(f"{now:.1f} s  {text}")


async def heartbeat():
    for beat in range(1, 6):
        say(f"beat {beat}")
        await asyncio.sleep(0.5)


async def report():
    await asyncio.sleep(0.8)  # caption: This is the polite way: await, and let others run.
    say("report begins")  # marker: blocked
    time.sleep(BUSY)  # caption: time.sleep does not await: the loop stands still, and so do all.
    say("report ends")  # marker: free again


async def main():
    await asyncio.gather(heartbeat(), report())


asyncio.run(main())
