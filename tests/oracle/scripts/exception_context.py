"""Exceptions keep type, arguments, cause and traceback lines across tasks."""
import asyncio
import traceback


async def low():
    await asyncio.sleep(1)
    raise OSError(5, "low level")


async def high():
    try:
        await low()
    except OSError as error:
        raise RuntimeError("high level") from error


async def main():
    task = asyncio.create_task(high())
    try:
        await task
    except RuntimeError as error:
        print(error, "|", repr(error.__cause__))
        frames = traceback.extract_tb(error.__traceback__)
        print([f.name for f in frames if f.filename == __file__])


asyncio.run(main())
