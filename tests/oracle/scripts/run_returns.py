"""asyncio.run returns main's result, and may be called again; the clock goes on."""
import asyncio
import time


async def main(n):
    await asyncio.sleep(n)
    return n * 2, asyncio.create_task(asyncio.sleep(0)).get_name()


print(asyncio.run(main(1)))
print(time.monotonic())
print(asyncio.run(main(2)))
print(time.monotonic())
