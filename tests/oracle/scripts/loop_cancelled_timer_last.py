"""A cancelled timer does not hold the run back, nor move the clock."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    timers = [loop.call_later(n, print, n) for n in range(1, 50)]
    for timer in timers[2:]:
        timer.cancel()
    await asyncio.sleep(2)
    print(loop.time())


asyncio.run(main())
