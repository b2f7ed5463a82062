"""Who waits in a queue's line when the loop is closed, and is dropped, is told that it is closed."""
import asyncio
import gc
import sys

queue = asyncio.Queue(1)


async def getter():
    try:
        await queue.get()
    except BaseException as error:
        print("getter:", repr(error), "after", repr(error.__context__))
        raise


async def putter(full):
    try:
        await full.put(2)
    except BaseException as error:
        print("putter:", repr(error), "after", repr(error.__context__))
        raise


def strand(coroutine):
    loop = asyncio.new_event_loop()
    task = loop.create_task(coroutine)
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.close()
    del task
    gc.collect()


sys.unraisablehook = lambda unraisable: print("ignored:", repr(unraisable.exc_value))
strand(getter())
full = asyncio.Queue(1)
full.put_nowait(1)
strand(putter(full))
print("over")
