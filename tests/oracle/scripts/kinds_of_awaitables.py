"""isfuture, iscoroutine, iscoroutinefunction, isinstance."""
import asyncio


async def function():
    pass


async def generator():
    yield


def plain():
    pass


async def main():
    loop = asyncio.get_running_loop()
    coro = function()
    task = asyncio.create_task(function())
    future = loop.create_future()
    outer = asyncio.gather(task)
    for thing in coro, task, future, outer, generator(), 3:
        print(
            asyncio.isfuture(thing),
            asyncio.iscoroutine(thing),
            isinstance(thing, asyncio.Future),
            isinstance(thing, asyncio.Task),
        )
    print([asyncio.iscoroutinefunction(f) for f in (function, generator, plain, main)])
    await coro
    await outer
    print(asyncio.CancelledError.__mro__[1:])
    print(asyncio.TimeoutError is TimeoutError, issubclass(asyncio.InvalidStateError, Exception))


asyncio.run(main())
