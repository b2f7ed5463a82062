import asyncio


async def work(n):
    for _ in range(n % 7 + 1):
        await asyncio.sleep(0.01 * (n % 11 + 1))
    print("done", n)


async def main():
    await asyncio.gather(*(work(n) for n in range(500)))


asyncio.run(main())
