"""Leftover tasks are cancelled and waited for, however long they take."""
import asyncio


async def leftover(name, delay):
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        await asyncio.sleep(delay)
        print(name, "cleaned up", asyncio.get_running_loop().time())
        if name == "c":
            raise ValueError(name)


async def main():
    for name, delay in (("a", 2), ("b", 1), ("c", 3)):
        asyncio.create_task(leftover(name, delay), name=name)
    await asyncio.sleep(1)
    return "main's result"


print(asyncio.run(main()))
