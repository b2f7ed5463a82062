"""wait_for() waits until what it cancelled has ended, and takes a result after all."""
import asyncio


async def stubborn():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(3)
        print("cleaned up at", asyncio.get_running_loop().time())


async def refuses():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        return "a result after all"


async def fails():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        raise KeyError("instead")


async def main():
    loop = asyncio.get_running_loop()
    for op in stubborn, refuses, fails:
        try:
            print(op.__name__, await asyncio.wait_for(op(), 1), loop.time())
        except Exception as error:
            print(op.__name__, repr(error), loop.time())


asyncio.run(main())
