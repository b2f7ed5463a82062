"""What a task group refuses."""
import asyncio


async def attempt(group):
    coro = asyncio.sleep(0)
    try:
        group.create_task(coro)
    except RuntimeError as error:
        print(error)
        coro.close()


async def main():
    group = asyncio.TaskGroup()
    await attempt(group)
    async with group:
        try:
            async with group:
                pass
        except RuntimeError as error:
            print(error)
    await attempt(group)
    group = asyncio.TaskGroup()

    async def late():
        await asyncio.sleep(1)
        await attempt(group)

    try:
        async with group:
            task = asyncio.create_task(late())
            raise ValueError
    except* ValueError:
        print("failed")
    await task


asyncio.run(main())
