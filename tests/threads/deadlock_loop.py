# A task waits for a thread, and the thread for what nobody will do.
import asyncio
import queue
import threading


def listen():
    queue.Queue().get()


def forget():
    lock.acquire()


async def main():
    threading.Thread(target=forget, name="forgetful").start()
    await asyncio.gather(asyncio.to_thread(listen), asyncio.to_thread(lock.acquire))


lock = threading.Lock()
asyncio.run(main())
