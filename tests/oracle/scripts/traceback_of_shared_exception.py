"""The traceback of an exception that several awaits get."""
import asyncio, traceback
def names(e): return [f.name for f in traceback.extract_tb(e.__traceback__) if "asyncio" not in f.filename]
async def fail():
    await asyncio.sleep(1)
    raise KeyError(1)
async def again(t):
    try:
        await t
    except KeyError as e:
        print(asyncio.current_task().get_name(), names(e))
        raise
async def main():
    t = asyncio.create_task(fail())
    a, b = asyncio.create_task(again(t)), asyncio.create_task(again(t))
    for w in (a, b, t, a, asyncio.shield(t), asyncio.gather(t), asyncio.wait_for(t, 1), asyncio.gather(asyncio.shield(asyncio.create_task(fail())))):
        try:
            await w
        except KeyError as e:
            print(names(e))
    print(names(t.exception()), names(a.exception()))
    for n in range(3):
        try: t.result()
        except KeyError as e: print(names(e))
    r = await asyncio.gather(t, a, b, asyncio.create_task(again(t)), return_exceptions=True)
    print([names(e) for e in r])
    f = asyncio.get_running_loop().create_future()
    f.set_exception(r[0])
    try: await f
    except KeyError as e: print(names(e))
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail()); tg.create_task(again(t))
    except ExceptionGroup as e: print(names(e), [names(x) for x in e.exceptions])
asyncio.run(main())
