"""Deadlines from a nanosecond to a day."""
import asyncio


async def nap(seconds):
    await asyncio.sleep(seconds)
    print(seconds, asyncio.get_running_loop().time())


async def main():
    await asyncio.gather(*(nap(s) for s in (86000, 3600.5, 1e-3, 1e-6, 1e-9, 0.1 + 0.2, 1 / 3)))


asyncio.run(main())
