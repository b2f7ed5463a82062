"""More output than a pipe or a buffer holds, in long and in many lines."""
import asyncio


async def writer(name, count):
    for i in range(count):
        print(name, i, "." * (i % 97))
        if i % 50 == 0:
            await asyncio.sleep(0.01)


async def main():
    await asyncio.gather(*(writer(f"w{n}", 1500) for n in range(3)))
    print("x" * 300_000)


asyncio.run(main())
