# A loop that runs for ever in a thread, and gets its work from the main thread.
import asyncio
import threading
import time


def say(*words):
    print(f"{time.monotonic():.2f}", threading.current_thread().name, *words)


async def nap(seconds):
    await asyncio.sleep(seconds)
    say("slept", seconds)
    return seconds


def serve():
    asyncio.set_event_loop(loop)
    loop.run_forever()
    say("stopped")


loop = asyncio.new_event_loop()
server = threading.Thread(target=serve, name="server")
server.start()
say("started")
for seconds in 1, 2:
    say(asyncio.run_coroutine_threadsafe(nap(seconds), loop).result())
loop.call_soon_threadsafe(say, "soon")
loop.call_soon_threadsafe(loop.stop)
server.join()
loop.close()
loop = asyncio.new_event_loop()
server = threading.Thread(target=serve, name="idle")
server.start()
say("over")
