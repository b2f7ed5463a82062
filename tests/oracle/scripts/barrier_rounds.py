"""Three at a time get past a barrier."""
import asyncio


async def runner(barrier, name):
    for lap in range(2):
        await asyncio.sleep({"a": 1, "b": 2, "c": 3}[name])
        place = await barrier.wait()
        print(name, lap, place, asyncio.get_running_loop().time(), barrier.n_waiting)


async def main():
    barrier = asyncio.Barrier(3)
    print(barrier.parties, barrier.n_waiting, barrier.broken)
    await asyncio.gather(*(runner(barrier, n) for n in "abc"))
    async with asyncio.Barrier(1) as place:
        print(place)


asyncio.run(main())
