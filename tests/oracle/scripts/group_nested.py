"""Groups of exceptions within groups."""
import asyncio


async def fail(delay):
    await asyncio.sleep(delay)
    raise ValueError(delay)


async def inner():
    async with asyncio.TaskGroup() as group:
        group.create_task(fail(2))
        group.create_task(fail(2))


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(inner())
            group.create_task(asyncio.sleep(10))
            async with asyncio.TaskGroup() as within:
                within.create_task(fail(2))
    except* ValueError as errors:
        print(repr(errors))
    print(asyncio.get_running_loop().time())


asyncio.run(main())
