# Event loops in threads: one each, by asyncio.run and by hand.
import asyncio
import threading
import time


def say(*words):
    print(f"{time.monotonic():.2f}", threading.current_thread().name, *words)


async def count(seconds):
    for number in range(3):
        await asyncio.sleep(seconds)
        say(number)
    return seconds


def work():
    say(asyncio.run(count(1)))
    try:
        asyncio.get_event_loop()
    except RuntimeError as error:
        say(error)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    say(loop is asyncio.get_event_loop())
    say(loop.run_until_complete(count(0.5)))
    loop.close()


thread = threading.Thread(target=work)
thread.start()
thread.join()


async def main():
    say(await asyncio.to_thread(lambda: asyncio.run(count(2))))


asyncio.run(main())
