"""One deadline for several steps."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    deadline = loop.time() + 2
    for step in range(4):
        try:
            async with asyncio.timeout_at(deadline) as limit:
                await asyncio.sleep(0.75)
                print(step, loop.time())
        except TimeoutError:
            print(step, "too late", loop.time(), limit.when())
    async with asyncio.timeout_at(None) as limit:
        print(limit)


asyncio.run(main())
