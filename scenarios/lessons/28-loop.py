# title: The loop itself
# about: One turn runs what was ready when it began; what that adds runs in the next one.
import asyncio

DELAY = 1.0  # param: 0.0..3.0 step 0.5 s: when call_later calls


def first(loop):
    print("first")
    loop.call_soon(print, "added by first")  # caption: This goes behind second, and runs in the next turn.


def last(stopped):
    print("last")
    stopped.set_result("stopped")


async def main():
    loop = asyncio.get_running_loop()
    stopped = loop.create_future()
    # caption: A timer: the loop calls last when it is due.
    loop.call_later(DELAY + 0.25, last, stopped)
    loop.call_later(DELAY, print, "call_later")
    loop.call_soon(first, loop)  # caption: call_soon appends to the ready queue; nothing runs yet.
    loop.call_soon(print, "second")
    # caption: At its await main lets go; then the queue runs in order: first, second.
    print("main lets go")  # marker: main lets go
    how = await stopped
    # caption: last gave the future its result, and that woke main.
    print(how)  # marker: the end


asyncio.run(main())
