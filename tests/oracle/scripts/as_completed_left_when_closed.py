"""Who is dropped while it waits for as_completed() after its loop was closed gets RuntimeError."""
import asyncio
import gc
import logging
import sys

gc.disable()  # all goes at the end
logging.disable()  # messages have addresses in them
sys.unraisablehook = lambda raised: None


async def late():
    await asyncio.sleep(100)


async def collect():
    try:
        for coroutine in asyncio.as_completed([asyncio.create_task(late())]):
            await coroutine
    except BaseException as error:
        print(repr(error))
        raise


async def cleanup():
    try:
        await asyncio.sleep(50)
    except asyncio.CancelledError:
        asyncio.create_task(collect())
        await asyncio.sleep(0)
        await asyncio.sleep(0)


async def main():
    asyncio.create_task(cleanup())
    await asyncio.sleep(1)


asyncio.run(main())
print("end")
