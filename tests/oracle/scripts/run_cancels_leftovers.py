"""What is pending when main ends is cancelled, and may clean up with awaits."""
import asyncio


async def leftover(name, delay):
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print(name, "told to stop")
        await asyncio.sleep(delay)
        print(name, "stopped at", asyncio.get_running_loop().time())
        raise


async def main():
    for name, delay in ("a", 2), ("b", 1), ("c", 0):
        asyncio.create_task(leftover(name, delay))
    await asyncio.sleep(1)
    return "main's result"


print(asyncio.run(main()))
