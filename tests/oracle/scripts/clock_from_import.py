"""Names imported from time keep reading the virtual clock."""
import asyncio
from time import perf_counter, sleep, time

EPOCH = time()


async def main():
    start = perf_counter()
    await asyncio.sleep(2)
    sleep(1)
    print(perf_counter() - start, round(time() - EPOCH, 3))


asyncio.run(main())
