"""The states of a task group, one by one; SystemExit in a child."""
import asyncio
async def op(n, d, fail=False):
    try:
        await asyncio.sleep(d)
    except asyncio.CancelledError:
        print("op", n, "cancelled")
        raise
    print("op", n)
    if fail:
        raise fail(n)
    return n
async def main():
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as tg:
        print(tg)
        a = tg.create_task(op(1, 1), name="alpha"); b = tg.create_task(op(2, 2))
        print(tg, a.get_name(), b.get_name())
    print(loop.time(), a.result(), b.result(), tg)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(op(3, 1, ValueError)); tg.create_task(op(4, 5)); tg.create_task(op(5, 1, KeyError))
            await asyncio.sleep(9)
    except* ValueError as eg: print("V", loop.time(), eg.exceptions, repr(eg))
    except* KeyError as eg: print("K", eg.exceptions)
    print(tg, asyncio.current_task().cancelling())
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(op(6, 5))
            await asyncio.sleep(1)
            1 / 0
    except BaseException as e: print(loop.time(), repr(e), e.__cause__, repr(e.__context__), e.__suppress_context__)
    async def parent():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(op(7, 5))
            await asyncio.sleep(9)
    p = asyncio.create_task(parent())
    await asyncio.sleep(1); p.cancel("stop")
    try: await p
    except asyncio.CancelledError as e: print("parent cancelled", e.args)
    for use in ("create", "finished", "twice", "args"):
        tg = asyncio.TaskGroup()
        c = op(8, 1)
        try:
            if use == "create": tg.create_task(c)
            if use == "finished":
                async with tg: pass
                tg.create_task(c)
            if use == "twice":
                async with tg: pass
                async with tg: pass
            if use == "args": asyncio.TaskGroup(1)
        except (RuntimeError, TypeError) as e: print(type(e).__name__, e)
        c.close()
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(op(9, 1, ValueError))
            try: await asyncio.sleep(5)
            except asyncio.CancelledError:
                print(tg)
                c = op(10, 1)
                try: tg.create_task(c)
                except RuntimeError as e: print(e)
                c.close()
                raise
    except ExceptionGroup as e: print(repr(e))
    async with asyncio.TaskGroup() as tg:
        async def nest():
            async with asyncio.TaskGroup() as inner:
                inner.create_task(op(11, 1)); inner.create_task(op(12, 2))
        tg.create_task(nest()); tg.create_task(op(13, 1.5))
    print(loop.time())
    try:
        async with asyncio.TaskGroup() as tg:
            async with asyncio.timeout(1):
                tg.create_task(op(14, 3))
                await asyncio.sleep(2)
    except BaseException as e: print(loop.time(), repr(e))
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(op(15, 3, SystemExit))
            tg.create_task(op(16, 1))
    except ExceptionGroup as e: print(repr(e))
asyncio.run(main())
