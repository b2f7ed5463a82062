"""A coroutine that asyncio refuses is dropped with the exception's traceback: then "never awaited" is said."""
import asyncio
import gc
import warnings

gc.disable()
warnings.simplefilter("always")
warnings.showwarning = lambda message, *rest: print("warning:", str(message).splitlines()[0])


async def never(*_):
    pass


def attempt(what, function, *args):
    print("---", what)
    try:
        function(*args)
    except BaseException as error:
        print("caught", type(error).__name__, str(error)[:40])
    print("over")


async def wait(what, function, *args):
    print("---", what)
    try:
        await function(*args)
    except BaseException as error:
        print("caught", type(error).__name__, str(error)[:40])
    print("over")


def closed_loop():
    loop = asyncio.new_event_loop()
    loop.close()
    return loop


def failing_factory(loop, coro, **options):
    raise ZeroDivisionError


attempt("create_task, no loop", lambda: asyncio.create_task(never()))
attempt("wait_for, no loop", lambda: asyncio.wait_for(never(), 3).send(None))
attempt("wait, no loop", lambda: asyncio.wait([never()]).send(None))
attempt("create_task, closed", lambda: closed_loop().create_task(never()))
attempt("run_until_complete, closed", lambda: closed_loop().run_until_complete(never()))
attempt("ensure_future, closed", lambda: asyncio.ensure_future(never(), loop=closed_loop()))
attempt("run, bad argument", lambda: asyncio.run(never(), x=3))


async def main():
    loop = asyncio.get_running_loop()
    attempt("run in run", lambda: asyncio.run(never()))
    attempt("run_until_complete in run", lambda: loop.run_until_complete(never()))
    attempt("create_task, bad argument", lambda: asyncio.create_task(never(), x=3))
    await wait("wait for coroutines", lambda: asyncio.wait([never(), never()]))
    await wait("wait_for, bad timeout", lambda: asyncio.wait_for(never(), "x"))
    attempt("as_completed of one", lambda: next(asyncio.as_completed(never())))
    group = asyncio.TaskGroup()
    attempt("group, not entered", lambda: group.create_task(never()))
    async with group:
        pass
    attempt("group, over", lambda: group.create_task(never()))
    loop.set_task_factory(failing_factory)
    attempt("create_task by the loop's factory", lambda: loop.create_task(never()))
    attempt("create_task by the factory", lambda: asyncio.create_task(never()))
    attempt("gather by the factory", lambda: asyncio.gather(never(1), never(2)))
    loop.set_task_factory(None)


asyncio.run(main())
