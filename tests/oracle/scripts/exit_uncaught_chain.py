"""An uncaught exception with a cause, from a task."""
import asyncio


async def work():
    try:
        {}["missing"]
    except KeyError as error:
        raise RuntimeError("work failed") from error


async def main():
    await asyncio.create_task(work())


asyncio.run(main())
