"""gather wraps coroutines in tasks and keeps the order of its arguments."""
import asyncio


async def square(x, delay):
    print("start", x)
    await asyncio.sleep(delay)
    print("end", x)
    return x * x


async def main():
    print(await asyncio.gather(square(1, 3), square(2, 1), square(3, 2)))


asyncio.run(main())
