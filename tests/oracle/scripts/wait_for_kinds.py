"""wait_for() of all kinds of awaitables, in and out of time."""
import asyncio
async def op(n, d, fail=False):
    try:
        await asyncio.sleep(d)
    except asyncio.CancelledError:
        print("op", n, "cancelled")
        raise
    if fail:
        raise ValueError(n)
    return n
async def stubborn():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        await asyncio.sleep(2)
        return "late"
class Aw:
    def __await__(self):
        yield from asyncio.sleep(0.5).__await__()
        return "aw"
async def main():
    loop = asyncio.get_running_loop()
    async def go(what, timeout):
        try:
            print(loop.time(), await asyncio.wait_for(what, timeout))
        except BaseException as e:
            print(loop.time(), type(e).__name__, e, repr(e.__cause__), repr(e.__context__))
    await go(op(1, 1), 2)
    await go(op(2, 2), 1)
    await go(op(3, 1), None)
    await go(op(4, 1), 0)
    await go(op(5, 1), -1)
    await go(op(6, 1, True), 2)
    await go(op(7, 1, True), None)
    await go(stubborn(), 1)
    await go(Aw(), 1)
    await go(Aw(), None)
    await go(5, 1)
    await go(5, None)
    await go(op(8, 1), "x") if False else None
    f = loop.create_future()
    f.set_result("f")
    await go(f, 0)
    await go(f, 1)
    await go(op(9, 1), 1)
    await go(op(10, 1), float("inf"))
    await go(asyncio.sleep(1, "slept"), 3)
    t = asyncio.create_task(asyncio.wait_for(op(11, 10), 5))
    await asyncio.sleep(1)
    t.cancel("msg")
    await go(t, None)
    t = asyncio.create_task(asyncio.wait_for(stubborn(), 5))
    await asyncio.sleep(1)
    t.cancel("msg")
    await go(t, None)
    t = asyncio.create_task(asyncio.wait_for(stubborn(), 1))
    await asyncio.sleep(1.5)
    t.cancel("msg")
    await go(t, None)
asyncio.run(main())
