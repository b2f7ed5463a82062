# title: to_thread rescues the loop
# about: A blocking call can block a thread of its own, while the loop goes on.
# compare: WAYS=blocking | WAYS=to_thread
import asyncio
import time

BUSY = 2.0  # param: 1.0..4.0 step 0.5 s: how long the report blocks its thread
WAYS = "both"  # param: both|blocking|to_thread: which of the ways main takes


def report():
    time.sleep(BUSY)  # caption: This blocks the thread that it runs in, and no other.
    return "report"


async def heartbeat(start):
    for beat in range(1, 5):
        await asyncio.sleep(0.6)
        print(f"{time.perf_counter() - start:.1f} s  beat {beat}")


async def blocking():
    return report()  # caption: Called like this, it runs in the loop's thread: nobody else can run.


async def main():
    ways = {"blocking": blocking, "to_thread": lambda: asyncio.to_thread(report)}
    for work in ways.values() if WAYS == "both" else [ways[WAYS]]:
        start = time.perf_counter()
        # caption: The heart should beat every 0.6 s, whatever else goes on.
        beats = asyncio.create_task(heartbeat(start))
        await asyncio.sleep(0.1)
        # caption: Watch the heart: does it go on beating while the report is made?
        text = await work()  # marker: the report
        print(f"{time.perf_counter() - start:.1f} s  {text}")
        await beats


asyncio.run(main())
