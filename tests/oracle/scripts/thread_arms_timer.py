# A timer that a thread arms does not end the loop's wait, whatever cancelled timers are there.
import asyncio
import time


async def main():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout_at(loop.time() + 0.2):
        pass

    def work():
        time.sleep(0.1)
        loop.call_later(0, print, "the timer's callback")
        time.sleep(0.1)
        print(f"the thread ends at {loop.time():.1f}")

    await loop.run_in_executor(None, work)
    await asyncio.sleep(0)


asyncio.run(main())
