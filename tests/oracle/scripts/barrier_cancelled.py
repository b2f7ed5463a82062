"""A cancelled waiter leaves the barrier; it needs another one."""
import asyncio


async def main():
    barrier = asyncio.Barrier(2)
    first = asyncio.create_task(barrier.wait())
    await asyncio.sleep(1)
    first.cancel()
    await asyncio.wait([first])
    print(barrier.n_waiting, barrier.broken)
    print(await asyncio.gather(barrier.wait(), barrier.wait()))


asyncio.run(main())
