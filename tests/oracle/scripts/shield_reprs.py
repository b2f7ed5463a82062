"""Shields that protect, fail, and show themselves."""
import asyncio
async def op(n, d, fail=False):
    await asyncio.sleep(d)
    print("op", n, "ends")
    if fail:
        raise ValueError(n)
    return n
async def main():
    loop = asyncio.get_running_loop()
    print(await asyncio.shield(op(1, 1)))
    inner = asyncio.create_task(op(2, 2))
    async def waiter():
        return await asyncio.shield(inner)
    w = asyncio.create_task(waiter())
    await asyncio.sleep(1)
    w.cancel()
    try: await w
    except asyncio.CancelledError: print("waiter cancelled", inner.done(), loop.time())
    print(await inner, loop.time())
    print(asyncio.shield(inner) is inner)
    try: await asyncio.shield(op(3, 1, True))
    except ValueError as e: print(repr(e))
    inner = asyncio.create_task(op(4, 2)); s = asyncio.shield(inner)
    await asyncio.sleep(1); inner.cancel()
    try: await s
    except asyncio.CancelledError: print("s cancelled", s.cancelled())
    try: await asyncio.wait_for(asyncio.shield(i2 := asyncio.create_task(op(5, 3))), 1)
    except TimeoutError: print("timeout", loop.time())
    print(await i2)
    for bad in (5, None):
        try: asyncio.shield(bad)
        except TypeError as e: print(e)
    print(s, type(s))
    f = asyncio.shield(t := asyncio.create_task(op(6, 1)))
    print(f)
    await f
asyncio.run(main())
