"""No more than two at a time, in order of arrival."""
import asyncio


async def work(semaphore, name):
    async with semaphore:
        print(name, "begins", asyncio.get_running_loop().time(), semaphore.locked())
        await asyncio.sleep(2 if name == "a" else 1)


async def main():
    semaphore = asyncio.Semaphore(2)
    await asyncio.gather(*(work(semaphore, n) for n in "abcdef"))
    print(asyncio.get_running_loop().time(), semaphore.locked(), str(semaphore).split("[")[1])


asyncio.run(main())
