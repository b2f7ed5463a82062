# to_thread: a blocking call beside the loop, with its context, result and exception.
import asyncio
import contextvars
import threading
import time

user = contextvars.ContextVar("user", default="nobody")


def work(name, seconds, *, fail=False):
    print(f"{time.monotonic():.1f} {name} starts in {threading.current_thread().name} for {user.get()}")
    time.sleep(seconds)
    user.set(name)
    print(f"{time.monotonic():.1f} {name} ends")
    if fail:
        raise ValueError(name)
    return name.upper()


async def ticker():
    for i in range(5):
        print(f"{time.monotonic():.1f} tick {i}")
        await asyncio.sleep(0.5)


async def main():
    user.set("ann")
    ticks = asyncio.create_task(ticker())
    print(await asyncio.gather(asyncio.to_thread(work, "a", 1), asyncio.to_thread(work, "b", 0.5)))
    try:
        await asyncio.to_thread(work, "c", 0, fail=True)
    except ValueError as error:
        print("failed:", error)
    print(user.get())
    await ticks
    print(asyncio.iscoroutinefunction(asyncio.to_thread))


asyncio.run(main())
print(time.monotonic())
