"""What a gather fails with when a child takes its cancellation has no traceback of its own."""
import asyncio


async def stubborn():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("goes on")


async def main():
    await asyncio.wait_for(asyncio.gather(stubborn()), 1)


asyncio.run(main())
