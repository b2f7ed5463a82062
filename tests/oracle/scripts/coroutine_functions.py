"""What is a coroutine, what a coroutine function, what a future."""
import asyncio


async def coro():
    pass


async def generator():
    yield


class Awaitable:
    def __await__(self):
        yield from asyncio.sleep(1).__await__()
        return "awaited"


async def main():
    things = coro, coro(), generator, generator(), Awaitable(), asyncio.sleep, asyncio.sleep(0), 1
    for thing in things:
        print(asyncio.iscoroutinefunction(thing), asyncio.iscoroutine(thing), asyncio.isfuture(thing))
    things[1].close()
    things[6].close()
    print(await asyncio.ensure_future(Awaitable()), await Awaitable(), await asyncio.wait_for(Awaitable(), 2))
    print(asyncio.get_running_loop().time())
    try:
        asyncio.ensure_future(1)
    except TypeError as error:
        print(error)


asyncio.run(main())
