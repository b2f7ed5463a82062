"""An exception in finally replaces the cancellation; a return in finally swallows it."""
import asyncio


async def raises():
    try:
        await asyncio.sleep(10)
    finally:
        raise ValueError("from finally")


async def returns():
    try:
        await asyncio.sleep(10)
    finally:
        return "from finally"


async def main():
    for make in raises, returns:
        task = asyncio.create_task(make())
        await asyncio.sleep(1)
        task.cancel()
        try:
            print("result", await task)
        except ValueError as error:
            print("error", error, type(error.__context__).__name__)
        print(task.cancelled())


asyncio.run(main())
