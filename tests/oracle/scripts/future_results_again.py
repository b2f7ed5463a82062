"""Who asks a future again for its exception gets it without the traceback of who asked before."""
import asyncio, traceback, sys
def depth(e):
    n = 0; tb = e.__traceback__
    while tb: n += 1; tb = tb.tb_next
    return n
async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future(); fut.set_exception(ValueError("x"))
    for i in range(4):
        try: await fut
        except ValueError as e: print(i, depth(e))
    for i in range(3):
        try: fut.result()
        except ValueError as e: print(i, depth(e))
    print(depth(fut.exception()))
    async def bad(): raise KeyError(1)
    t = asyncio.create_task(bad())
    for i in range(3):
        try: await t
        except KeyError as e: print("t", i, depth(e), [f.name for f in traceback.extract_tb(e.__traceback__) if "asyncio" not in f.filename])
    t = asyncio.create_task(asyncio.sleep(10)); t.cancel("m")
    for i in range(3):
        try: await t
        except asyncio.CancelledError as e: print("c", i, e.args, depth(e) > 0, repr(e.__context__))
    f = loop.create_future(); it = f.__await__()
    print(type(it).__name__, it.send(None) is f, f._asyncio_future_blocking)
    try:
        try: raise LookupError("outer")
        except LookupError: it.throw(ValueError("thrown"))
    except ValueError as e: print(repr(e), repr(e.__context__))
    it = f.__await__()
    for a in [(ValueError,), (ValueError, "v"), (ValueError("i"),), (ValueError, ValueError("j")), (1,), (ValueError, 1, 2), (ValueError("a"), "b"), ()]:
        try: it.throw(*a)
        except BaseException as e: print(a, type(e).__name__, e.args)
    f.set_result(5)
    try: next(f.__iter__())
    except StopIteration as e: print("stop", e.value)
asyncio.run(main())
