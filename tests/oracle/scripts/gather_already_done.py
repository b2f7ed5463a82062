"""gather of what is already done still needs its hops."""
import asyncio


async def value(v):
    return v


async def main():
    a = asyncio.create_task(value(1))
    await a
    outer = asyncio.gather(a, a)
    print(outer.done())
    await asyncio.sleep(0)
    print(outer.done())
    await asyncio.sleep(0)
    print(outer.done(), outer.result())


asyncio.run(main())
