"""A lock that had to wait belongs to its loop."""
import asyncio

lock = asyncio.Lock()


async def hold():
    await lock.acquire()
    try:
        await asyncio.wait_for(lock.acquire(), 1)
    except asyncio.TimeoutError:
        print("timeout")


async def again():
    try:
        await lock.acquire()
    except RuntimeError as error:
        print(str(error).split(" at ")[0], str(error).split("]")[1])


asyncio.run(hold())
asyncio.run(again())
