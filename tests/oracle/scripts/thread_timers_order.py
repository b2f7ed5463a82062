# Threads and timers that end at one instant: in order of registration.
import asyncio
import threading
import time


def nap(name, seconds):
    time.sleep(seconds)
    print(f"{time.monotonic():.1f} thread {name}")


async def snooze(name, seconds):
    await asyncio.sleep(seconds)
    print(f"{time.monotonic():.1f} task {name}")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(1, print, "timer 1")
    threading.Thread(target=nap, args=("a", 1)).start()
    loop.call_later(1, print, "timer 2")
    task = asyncio.create_task(snooze("b", 1))
    await asyncio.sleep(0)
    threading.Thread(target=nap, args=("c", 1)).start()
    dead = loop.call_later(1, print, "never")
    dead.cancel()
    await asyncio.sleep(1)
    print("main is awake")
    await task
    threading.Thread(target=nap, args=("d", 0.5)).start()
    await asyncio.sleep(0.5)
    print("main after d")
    threading.Thread(target=nap, args=("e", 0.5)).start()
    threading.Thread(target=nap, args=("f", 0.2)).start()
    loop.call_soon(print, "soon")
    time.sleep(0.5)
    print("main blocked until", time.monotonic())
    for _ in range(3):
        threading.Thread(target=nap, args=("zero", 0)).start()
        await asyncio.sleep(0)
        print("yielded")


asyncio.run(main())
