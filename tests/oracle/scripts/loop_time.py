"""loop.time() is the virtual clock, whole nanoseconds as a double."""
import asyncio
import time


async def main():
    loop = asyncio.get_event_loop()
    print(loop is asyncio.get_running_loop(), loop.is_running())
    for delay in 0.1, 0.2, 0.3, 1e-7, 123.456:
        await asyncio.sleep(delay)
        print(repr(loop.time()), loop.time() == time.monotonic())


asyncio.run(main())
