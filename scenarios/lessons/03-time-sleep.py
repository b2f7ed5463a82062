# title: time.sleep blocks everything
# about: There is one thread: while one task blocks it, no other task can run.
# compare: SLEEP=time.sleep | SLEEP=asyncio.sleep
import asyncio
import time

BUSY = 2.0  # param: 0.0..4.0 step 0.5 s: how long report blocks the loop
SLEEP = "time.sleep"  # param: time.sleep|asyncio.sleep: how report waits so long
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
    # caption: Watch the heart: does it go on beating while report waits?
    say("report begins")  # marker: report begins
    if SLEEP == "asyncio.sleep":
        await asyncio.sleep(BUSY)  # caption: asyncio.sleep awaits: the loop is free for others.
    else:
        time.sleep(BUSY)  # caption: time.sleep does not await: the loop stands still, and every task with it.
    # caption: Either way report took BUSY seconds; only asyncio.sleep let others run.
    say("report ends")  # marker: report ends


async def main():
    await asyncio.gather(heartbeat(), report())


asyncio.run(main())
