"""Coroutine methods, lambdas, closures, decorators, comprehensions: any way to make a task."""
import asyncio
import functools


def timed(f):
    @functools.wraps(f)
    async def wrapper(*args):
        loop = asyncio.get_running_loop()
        start = loop.time()
        result = await f(*args)
        print(f.__name__, loop.time() - start)
        return result

    return wrapper


class Service:
    def __init__(self, delay):
        self.delay = delay

    @timed
    async def call(self, x):
        await asyncio.sleep(self.delay)
        return x

    @classmethod
    async def make(cls):
        await asyncio.sleep(1)
        return cls(2)

    async def __call__(self):
        return await self.call("by call")


async def main():
    service = await Service.make()
    print(await asyncio.gather(*[service.call(i) for i in range(3)], service()))
    print([await c for c in map(service.call, "xy")])
    print(await asyncio.create_task(functools.partial(service.call, "partial")()))


asyncio.run(main())
