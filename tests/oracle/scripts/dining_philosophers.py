"""Five philosophers with five forks, of which the last one is left-handed."""
import asyncio


async def philosopher(number, first, second):
    for _ in range(3):
        await asyncio.sleep(0.1 * number)
        async with first:
            await asyncio.sleep(0)
            async with second:
                print(number, "eats at", round(asyncio.get_running_loop().time(), 3))
                await asyncio.sleep(0.3)


async def main():
    forks = [asyncio.Lock() for _ in range(5)]
    async with asyncio.TaskGroup() as group:
        for i in range(5):
            pair = forks[i], forks[(i + 1) % 5]
            group.create_task(philosopher(i, *(pair if i < 4 else pair[::-1])))


asyncio.run(main())
