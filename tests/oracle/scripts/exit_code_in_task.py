"""sys.exit in another task stops the loop at once."""
import asyncio
import sys


async def leaver():
    await asyncio.sleep(1)
    print("leaver exits")
    sys.exit(4)


async def main():
    task = asyncio.create_task(leaver())
    try:
        await asyncio.sleep(10)
    finally:
        print("main is cancelled", asyncio.get_running_loop().time())


asyncio.run(main())
