"""A token bucket, refilled by the loop's timers."""
import asyncio


class Limiter:
    def __init__(self, rate):
        self.semaphore, self.rate = asyncio.Semaphore(rate), rate

    async def __aenter__(self):
        await self.semaphore.acquire()
        asyncio.get_running_loop().call_later(1, self.semaphore.release)

    async def __aexit__(self, *error):
        pass


async def request(limiter, number):
    async with limiter:
        print(number, asyncio.get_running_loop().time())


async def main():
    limiter = Limiter(3)
    await asyncio.gather(*(request(limiter, i) for i in range(10)))


asyncio.run(main())
