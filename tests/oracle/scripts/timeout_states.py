"""The states of a timeout, one by one."""
import asyncio
async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(1) as cm:
            print(cm, cm.when(), cm.expired())
            await asyncio.sleep(2)
    except TimeoutError as e:
        print(loop.time(), repr(e), repr(e.__context__), cm, cm.expired())
    async with asyncio.timeout(None) as cm:
        print(cm, cm.when())
        cm.reschedule(loop.time() + 1.23456)
        print(cm, cm.when())
        await asyncio.sleep(0.5)
    print(cm)
    try:
        async with asyncio.timeout_at(loop.time() - 1) as cm:
            await asyncio.sleep(0)
            print("here")
            await asyncio.sleep(1)
    except TimeoutError: print("past", loop.time())
    try:
        async with asyncio.timeout(0): 
            print("no await")
    except TimeoutError: print("??")
    try:
        async with asyncio.timeout(2) as outer:
            try:
                async with asyncio.timeout(1) as inner:
                    await asyncio.sleep(5)
            except TimeoutError:
                print("inner", loop.time(), outer.expired())
            await asyncio.sleep(5)
    except TimeoutError: print("outer", loop.time())
    try:
        async with asyncio.timeout(1):
            async with asyncio.timeout(1):
                await asyncio.sleep(5)
    except TimeoutError: print("both", loop.time())
    cm = asyncio.timeout(1)
    print(cm, cm.when(), cm.expired())
    try: cm.reschedule(3)
    except AssertionError as e: print("assert", e)
    async with cm: pass
    try: cm.reschedule(3)
    except RuntimeError as e: print(e)
    async def t():
        try:
            async with asyncio.timeout(1):
                await asyncio.sleep(5)
        except TimeoutError: print("timeout inside", asyncio.current_task().cancelling())
    k = asyncio.create_task(t())
    await asyncio.sleep(1)
    k.cancel()
    try: await k
    except asyncio.CancelledError: print("k cancelled")
    try:
        async with asyncio.timeout(1):
            raise KeyError(1)
    except KeyError as e: print(repr(e))
    for bad in ("x", [1]):
        try:
            async with asyncio.timeout(bad): pass
        except TypeError as e: print(e)
        try:
            async with asyncio.timeout_at(bad): pass
        except TypeError as e: print(e)
    print(asyncio.current_task().cancelling(), asyncio.Timeout)
    try: asyncio.Timeout()
    except TypeError as e: print(e)
    async with asyncio.timeout(5) as cm:
        cm.reschedule(None)
        print(cm, cm.when())
    print(cm.__aenter__.__name__, cm.__class__.__mro__)
asyncio.run(main())
try: asyncio.timeout(1)
except RuntimeError as e: print(e)
