"""A wait_for() within a wait_for(), with every order of limits."""
import asyncio


async def op():
    await asyncio.sleep(10)


async def inner():
    try:
        await asyncio.wait_for(op(), 2)
    except asyncio.TimeoutError:
        print("inner", asyncio.get_running_loop().time())
        await asyncio.sleep(5)


async def main():
    loop = asyncio.get_running_loop()
    for limit in (3, 2, 1, 8):
        start = loop.time()
        try:
            await asyncio.wait_for(inner(), limit)
            print("done", loop.time() - start)
        except asyncio.TimeoutError:
            print("outer", loop.time() - start)


asyncio.run(main())
