"""abort(), reset() and what they do to those who wait."""
import asyncio


async def waiter(barrier, name):
    try:
        print(name, await barrier.wait())
    except asyncio.BrokenBarrierError as error:
        print(name, repr(error), barrier.broken)


async def main():
    barrier = asyncio.Barrier(3)
    for stop in barrier.abort, barrier.reset:
        tasks = [asyncio.create_task(waiter(barrier, n)) for n in "ab"]
        await asyncio.sleep(1)
        print(str(barrier).split("[")[1])
        await stop()
        print(barrier.broken, barrier.n_waiting)
        await asyncio.gather(*tasks)
        await asyncio.gather(waiter(barrier, "c"), asyncio.wait_for(barrier.reset(), 5))
        print(barrier.broken)
    try:
        asyncio.Barrier(0)
    except ValueError as error:
        print(error)


asyncio.run(main())
