"""async for over an asynchronous iterator and over an async generator."""
import asyncio


class Countdown:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.n:
            raise StopAsyncIteration
        await asyncio.sleep(0.5)
        self.n -= 1
        return self.n


async def squares(n):
    for i in range(n):
        await asyncio.sleep(0.1)
        yield i * i


async def consume(name, source):
    async for item in source:
        print(name, item, round(asyncio.get_running_loop().time(), 3))
    else:
        print(name, "exhausted")


async def main():
    await asyncio.gather(consume("countdown", Countdown(3)), consume("squares", squares(4)))
    print([x async for x in squares(4) if x % 2], {x: 1 async for x in Countdown(2)})


asyncio.run(main())
