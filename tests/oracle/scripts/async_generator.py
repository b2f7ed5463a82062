"""asend, athrow and aclose of an async generator."""
import asyncio


async def echo():
    got = None
    try:
        while True:
            try:
                got = yield got
                await asyncio.sleep(0.5)
            except KeyError as error:
                got = ("caught", error.args)
    finally:
        await asyncio.sleep(1)
        print("generator closed", asyncio.get_running_loop().time())


async def main():
    g = echo()
    print(await g.asend(None))
    print(await g.asend("hello"))
    print(await g.athrow(KeyError("thrown")))
    print(await g.asend("again"))
    await g.aclose()
    try:
        await g.asend(1)
    except StopAsyncIteration:
        print("over")


asyncio.run(main())
