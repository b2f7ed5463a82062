"""Ctrl-C cancels the main task first; what it makes of that decides how the run ends."""
import asyncio
import signal

signal.signal(signal.SIGINT, signal.default_int_handler)  # also where it was ignored

async def interrupted(times=1, cleanup=0):
    try:
        print("at work")
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        print("still here")
        await asyncio.sleep(1)
        print("not reached")
    except asyncio.CancelledError:
        print("cancelled", asyncio.current_task().cancelling())
        await asyncio.sleep(cleanup)
        print("cleaned up")
        raise
    finally:
        print("finally")


async def swallows():
    try:
        signal.raise_signal(signal.SIGINT)
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        return "went on"


async def uncancels():
    asyncio.current_task().cancel()
    await interrupted()


async def a_child_is_interrupted():
    child = asyncio.create_task(interrupted(), name="child")
    try:
        await child
    except asyncio.CancelledError:
        print("main cancelled; child done:", child.done(), child.cancelled())
        raise


async def group():
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.sleep(5, "long"))
        signal.raise_signal(signal.SIGINT)


async def by_callback():
    loop = asyncio.get_running_loop()
    loop.call_soon(signal.raise_signal, signal.SIGINT)
    loop.call_soon(print, "callback after")
    await asyncio.sleep(2)


async def by_callback_twice():
    loop = asyncio.get_running_loop()
    loop.call_later(1, signal.raise_signal, signal.SIGINT)
    loop.call_later(1, signal.raise_signal, signal.SIGINT)
    await asyncio.sleep(2)


async def own_handler():
    old = signal.signal(signal.SIGINT, lambda number, frame: print("own", number))
    print(callable(old), old is signal.default_int_handler)
    signal.raise_signal(signal.SIGINT)
    await asyncio.sleep(1)
    return "not cancelled"


def show(function, *args):
    print("--", function.__name__, *args)
    try:
        print("result:", asyncio.run(function(*args)))
    except BaseException as error:
        context = error.__context__
        print(f"{error!r} after {context!r}, suppressed: {error.__suppress_context__}")
    print("plain again:", signal.getsignal(signal.SIGINT) is signal.default_int_handler)


for function, *args in [
    (interrupted,), (interrupted, 1, 1), (interrupted, 2), (swallows,), (uncancels,),
    (a_child_is_interrupted,), (group,), (by_callback,), (by_callback_twice,), (own_handler,),
]:
    show(function, *args)
    signal.signal(signal.SIGINT, signal.default_int_handler)

print("-- a runner")
with asyncio.Runner() as runner:
    for function in interrupted, swallows, interrupted:
        try:
            print(runner.run(function()))
        except KeyboardInterrupt as error:
            print(repr(error), repr(error.__context__))
        print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)

print("-- a loop by itself")
loop = asyncio.new_event_loop()
try:
    loop.run_until_complete(interrupted())
except KeyboardInterrupt:
    print("KeyboardInterrupt at once")
loop.close()
