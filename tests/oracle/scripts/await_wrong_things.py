"""Awaiting what cannot be awaited."""
import asyncio


class YieldsNumber:
    def __await__(self):
        yield 42


async def child(awaitable):
    await awaitable


async def main():
    for thing in 5, None, YieldsNumber(), "text":
        try:
            await child(thing)
        except (TypeError, RuntimeError) as error:
            print(type(error).__name__, error.args[0].split(" <")[0] if error.args else "")


asyncio.run(main())
