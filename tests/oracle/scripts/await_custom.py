"""Objects with __await__: made of other awaitables, of a bare yield, of nothing."""
import asyncio


class Wrapped:
    def __init__(self, inner):
        self.inner = inner

    def __await__(self):
        print("before")
        result = yield from self.inner.__await__()
        print("after")
        return result, "wrapped"


class Bare:
    def __await__(self):
        yield
        yield
        return "bare"


class Nothing:
    def __await__(self):
        return iter(())


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_later(1, future.set_result, "F")
    print(await Wrapped(future))
    print(await Wrapped(asyncio.sleep(1, "slept")))
    loop.call_soon(print, "a turn")
    print(await Bare())
    print(await Nothing())


asyncio.run(main())
