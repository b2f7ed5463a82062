"""Nothing ready, no timer, main unfinished: exit code 3."""
import asyncio


async def main():
    print("waits for ever")
    await asyncio.get_running_loop().create_future()


asyncio.run(main())
