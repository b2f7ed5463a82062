# Threads that hand work to the loop: call_soon_threadsafe, run_coroutine_threadsafe.
import asyncio
import threading
import time


async def ask(question):
    print(f"{time.monotonic():.1f} asked {question}")
    await asyncio.sleep(1)
    return f"answer to {question}"


async def fail():
    raise KeyError("nothing")


def thread(loop, event):
    time.sleep(0.5)
    loop.call_soon_threadsafe(print, "from the thread")
    print(asyncio.run_coroutine_threadsafe(ask("q1"), loop).result())
    print(f"{time.monotonic():.1f} back in the thread")
    try:
        asyncio.run_coroutine_threadsafe(fail(), loop).result()
    except KeyError as error:
        print("failed", error)
    try:
        asyncio.get_running_loop()
    except RuntimeError as error:
        print(error)
    future = asyncio.run_coroutine_threadsafe(ask("q2"), loop)
    time.sleep(0.25)
    print("cancel", future.cancel())
    loop.call_soon_threadsafe(event.set_result, None)


async def main():
    loop = asyncio.get_running_loop()
    event = loop.create_future()
    threading.Thread(target=thread, args=(loop, event)).start()
    print("waiting")
    await event
    print(f"{time.monotonic():.2f} set")


asyncio.run(main())
