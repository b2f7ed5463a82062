"""A job that begins while the run is being ended is waited for with the executor's shutdown."""
import asyncio


def job():
    print("job")
    return 4


async def last():
    print("last", await asyncio.to_thread(job))


async def make():
    asyncio.create_task(last())


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon_threadsafe(lambda: asyncio.run_coroutine_threadsafe(make(), loop))


asyncio.run(main())
print("end")
