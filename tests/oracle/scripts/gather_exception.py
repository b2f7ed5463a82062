"""The first exception ends gather; its siblings run on."""
import asyncio


async def good(name, delay):
    await asyncio.sleep(delay)
    print(name, "finished")
    return name


async def bad(delay):
    await asyncio.sleep(delay)
    raise ValueError("after", delay)


async def main():
    try:
        await asyncio.gather(good("early", 1), bad(2), bad(2.5), good("late", 4))
    except ValueError as error:
        print("caught", error, asyncio.get_running_loop().time())
    await asyncio.sleep(3)
    print("end")


asyncio.run(main())
