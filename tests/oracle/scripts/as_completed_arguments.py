"""What as_completed() takes, and when it refuses."""
import asyncio
async def op(n, d, fail=False):
    await asyncio.sleep(d)
    if fail:
        raise ValueError(n)
    return n
async def main():
    loop = asyncio.get_running_loop()
    for c in asyncio.as_completed([op(i, d) for i, d in enumerate([3, 1, 2])]):
        print(loop.time(), await c)
    for c in asyncio.as_completed([asyncio.create_task(op(i, 0.5)) for i in range(20)]):
        print(await c, end=" ")
    print()
    try:
        for c in asyncio.as_completed([op(i, d) for i, d in enumerate([3, 1, 2])], timeout=1.5):
            print(loop.time(), await c)
    except asyncio.TimeoutError as e:
        print(loop.time(), repr(e))
    for bad in (5, op(1, 1), asyncio.create_task(op(2, 2))):
        try:
            it = asyncio.as_completed(bad)
            print(type(it).__name__)
            next(it)
        except TypeError as e:
            print(e)
        if asyncio.iscoroutine(bad): bad.close()
    print(list(asyncio.as_completed([])))
    cs = list(asyncio.as_completed([op(i, i, i == 1) for i in range(3)]))
    print(cs[0].__qualname__)
    print(await asyncio.gather(*reversed(cs), return_exceptions=True))
asyncio.run(main())
