"""What locks say when they are used wrongly."""
import asyncio


async def main():
    lock = asyncio.Lock()
    try:
        lock.release()
    except RuntimeError as error:
        print(error)
    try:
        with lock:
            pass
    except Exception as error:
        print(type(error).__name__)
    async with lock as nothing:
        print(nothing)
    print(str(lock).split(" at ")[0], str(lock).split("[")[1])
    await lock.acquire()
    task = asyncio.create_task(lock.acquire())
    await asyncio.sleep(0)
    print(str(lock).split("[")[1])
    lock.release()
    print(await task, lock.locked())


asyncio.run(main())
