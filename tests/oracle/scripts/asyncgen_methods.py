"""asend, athrow and aclose."""
import asyncio


async def echo():
    got = None
    while True:
        try:
            got = yield got
            await asyncio.sleep(1)
        except ValueError as error:
            got = repr(error)


async def main():
    generator = echo()
    print(await generator.asend(None), await generator.asend("a"))
    print(await generator.athrow(ValueError("b")), asyncio.get_running_loop().time())
    print(await generator.aclose(), [x async for x in generator])
    try:
        await anext(generator)
    except StopAsyncIteration:
        print("over", await anext(generator, "default"))


asyncio.run(main())
