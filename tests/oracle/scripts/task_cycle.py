"""A task may not await itself."""
import asyncio


async def selfish():
    try:
        await me
    except RuntimeError as error:
        print(str(error).split(":")[0])


async def main():
    global me
    me = asyncio.create_task(selfish())
    await me


asyncio.run(main())
