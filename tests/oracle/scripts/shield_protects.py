"""shield() keeps a cancel away from what it awaits."""
import asyncio


async def op():
    await asyncio.sleep(2)
    print("op ends", asyncio.get_running_loop().time())
    return "result"


async def main():
    loop = asyncio.get_running_loop()
    inner = asyncio.create_task(op())
    outer = asyncio.create_task(waiter(inner))
    await asyncio.sleep(1)
    outer.cancel()
    try:
        await outer
    except asyncio.CancelledError:
        print("outer cancelled", loop.time(), inner.done())
    print(await inner, loop.time())
    print(await asyncio.shield(inner) is inner.result(), asyncio.shield(inner) is inner)


async def waiter(inner):
    return await asyncio.shield(inner)


asyncio.run(main())
