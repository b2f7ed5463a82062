import asyncio


async def main():
    await asyncio.sleep(1)
    raise RuntimeError("what a very long message of an exception that nobody caught, which has to be cut short")


asyncio.run(main())
