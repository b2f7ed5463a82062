"""A second failure after gather has ended is swallowed."""
import asyncio


async def fail(name, delay):
    await asyncio.sleep(delay)
    raise RuntimeError(name)


async def main():
    outer = asyncio.gather(fail("one", 1), fail("two", 2))
    for _ in range(2):
        try:
            await outer
        except RuntimeError as error:
            print(error, outer.done())
    print(repr(outer.exception()))
    await asyncio.sleep(5)
    print("end")


asyncio.run(main())
