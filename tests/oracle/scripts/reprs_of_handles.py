"""repr() of handles."""
import asyncio
import functools


def callback(*args):
    pass


async def main():
    loop = asyncio.get_running_loop()
    handles = [
        loop.call_soon(callback, 1, "two"),
        loop.call_later(3, callback),
        loop.call_at(2.5, functools.partial(callback, 1), 2),
        loop.call_later(1, print, "x"),
    ]
    for handle in handles:
        print(str(handle).replace(__file__, "FILE"), handle.cancelled())
    print([h.when() for h in handles[1:]], handles[1] > handles[2], handles[1] == handles[1])
    for handle in handles:
        handle.cancel()
        print(handle, handle.cancelled())


asyncio.run(main())
