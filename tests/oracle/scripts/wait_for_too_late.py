"""wait_for() cancels what is late."""
import asyncio


async def op():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("cancelled at", asyncio.get_running_loop().time())
        raise


async def main():
    for limit in (1, 0, -5, 0.25):
        try:
            await asyncio.wait_for(op(), limit)
        except asyncio.TimeoutError as error:
            cause = error.__cause__
            print(limit, repr(error), repr(cause), asyncio.get_running_loop().time())


asyncio.run(main())
