"""Other exceptions leave a timeout as they are."""
import asyncio


async def main():
    try:
        async with asyncio.timeout(1):
            try:
                await asyncio.sleep(5)
            except asyncio.CancelledError:
                raise ValueError("another")
    except ValueError as error:
        print(repr(error), asyncio.current_task().cancelling())
    try:
        async with asyncio.timeout(1):
            try:
                await asyncio.sleep(5)
            except asyncio.CancelledError:
                print("swallowed")
    except TimeoutError:
        print("not reached")
    print(asyncio.current_task().cancelling())
    try:
        async with asyncio.timeout(5):
            raise TimeoutError("its own")
    except TimeoutError as error:
        print(repr(error))


asyncio.run(main())
