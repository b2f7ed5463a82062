"""A second cancel interrupts the clean-up of the first."""
import asyncio


async def job():
    try:
        await asyncio.sleep(10)
    finally:
        try:
            await asyncio.sleep(10)
        finally:
            print("interrupted twice")


async def main():
    task = asyncio.create_task(job())
    for _ in range(2):
        await asyncio.sleep(1)
        task.cancel()
    try:
        await task
    except asyncio.CancelledError as error:
        print(asyncio.get_running_loop().time(), error.__context__ is not None)


asyncio.run(main())
