# Leaving asyncio.run waits for the default executor's jobs.
import asyncio
import threading
import time


def job(n):
    print(f"{time.monotonic():.1f} begin {n}")
    time.sleep(n)
    print(f"{time.monotonic():.1f} end {n}")


async def main():
    loop = asyncio.get_running_loop()
    for n in (3, 1, 2):
        loop.run_in_executor(None, job, n)
    threading.Thread(target=job, args=(5,)).start()
    print("main returns")


asyncio.run(main())
print(f"{time.monotonic():.1f} run is over")


async def late():
    loop = asyncio.get_running_loop()
    await loop.shutdown_default_executor()
    try:
        loop.run_in_executor(None, job, 1)
    except RuntimeError as error:
        print(error)


asyncio.run(late())
