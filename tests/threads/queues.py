# queue.Queue and its kin between threads, a loop and pools.
import asyncio
import concurrent.futures
import queue
import threading
import time


def say(*words):
    print(f"{time.monotonic():.2f}", threading.current_thread().name, *words)


def produce():
    for item in range(4):
        bounded.put(item)
        say("put", item)
    bounded.put(None)


def consume():
    while (item := bounded.get()) is not None:
        time.sleep(1)
        say("got", item)
        bounded.task_done()
    bounded.task_done()


bounded = queue.Queue(2)
for function in consume, produce:
    threading.Thread(target=function, name=function.__name__).start()
bounded.join()
say("joined")
try:
    bounded.get(timeout=0.5)
except queue.Empty as error:
    say(type(error).__module__)


async def ask():
    answers = queue.SimpleQueue()
    waiting = asyncio.create_task(asyncio.to_thread(answers.get))
    await asyncio.sleep(1)
    say("answers")
    answers.put("yes")
    say(await waiting)


asyncio.run(ask())


def nap(seconds):
    time.sleep(seconds)
    return seconds


with concurrent.futures.ThreadPoolExecutor() as pool:
    naps = [pool.submit(nap, seconds) for seconds in (2, 1, 3)]
    for done in concurrent.futures.as_completed(naps):
        say("slept", done.result())
    naps = [pool.submit(nap, seconds) for seconds in (2, 1, 3)]
    done, waiting = concurrent.futures.wait(naps, return_when="FIRST_COMPLETED")
    say(len(done), len(waiting))
    done, waiting = concurrent.futures.wait(naps, timeout=0.5)
    say(len(done), len(waiting))
say("over")
