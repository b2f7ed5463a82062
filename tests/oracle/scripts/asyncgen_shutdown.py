"""Async generators that are left open are closed when the run ends."""
import asyncio


async def numbers(name):
    try:
        for i in range(10):
            yield i
            await asyncio.sleep(1)
    finally:
        await asyncio.sleep(1)
        print(name, "closed", asyncio.get_running_loop().time())


async def main():
    global kept
    kept = numbers("kept")
    print(await anext(kept), await anext(kept))
    async for n in numbers("dropped"):
        if n == 2:
            break
    await asyncio.sleep(5)
    print("main ends", asyncio.get_running_loop().time())


asyncio.run(main())
