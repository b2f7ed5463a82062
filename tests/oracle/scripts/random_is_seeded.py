"""random is seeded and hashes are fixed: a run is the same every time."""
import asyncio
import random


async def worker(n):
    delay = random.randint(1, 100) / 100
    await asyncio.sleep(delay)
    print(n, delay, random.random())


async def main():
    await asyncio.gather(*(worker(n) for n in range(10)))
    print(list({"a", "b", "c", "d"}), hash("awaitscope"))


asyncio.run(main())
