# title: The timeout that cannot work
# about: A timeout is a timer of the loop; while a task blocks the loop, no timer can fire.
import asyncio
import time

BUSY = 3.0  # param: 0.5..5.0 step 0.5 s: how long stubborn blocks the loop
LIMIT = 1.25


async def stubborn():
    # caption: stubborn runs, and main's timer is armed for LIMIT seconds.
    print("stubborn begins")  # marker: blocked
    time.sleep(BUSY)  # caption: There is no await here: the loop cannot look at its timers.
    print("stubborn ends")
    return "an answer"


async def main():
    start = time.perf_counter()
    try:
        # caption: stubborn gets a task of its own, and main a timer for LIMIT seconds.
        answer = await asyncio.wait_for(stubborn(), LIMIT)
        # caption: Nothing is left to cancel: stubborn ended before the loop could look at the timer.
        print(f"got {answer}")
    except TimeoutError:
        print("took too long")
    # caption: So long it took: the timeout changed nothing.
    print(f"after {time.perf_counter() - start:.1f} s")  # marker: no timeout


asyncio.run(main())
