# An iterator of as_completed that is left early: what it still waits for, and what keeps that alive.
import asyncio
import gc

gc.disable()


class Noted:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


async def fail(delay, name):
    await asyncio.sleep(delay)
    raise ValueError(name)


async def give(delay, name):
    await asyncio.sleep(delay)
    return Noted(name)


def tasks(*coros):
    return [asyncio.create_task(coro) for coro in coros]


async def left(timeout):
    given = tasks(give(1, "a"), fail(2, "b"), fail(3, "c"), give(4, "d"))
    for coro in asyncio.as_completed(given, timeout=timeout):
        await coro
        break
    del given, coro
    print("left", timeout)
    for _ in range(10):
        await asyncio.sleep(0.5)
        print("...")


async def closed():
    iterator = asyncio.as_completed(tasks(give(1, "a"), give(2, "b"), fail(3, "c"), fail(4, "d")))
    await next(iterator)
    print("one")
    await next(iterator)
    print("two")
    await asyncio.sleep(3)
    last = next(iterator)
    iterator.close()
    print("closed")
    try:
        await last
    except ValueError as error:
        print(error)
    del last
    print("end")


async def too_late(timeout):
    try:
        for coro in asyncio.as_completed([fail(0, "at once")], timeout=timeout):
            print(await coro)
    except (TimeoutError, ValueError) as error:
        print(repr(error))
    await asyncio.sleep(1)
    print("over", timeout)


async def not_asked(timeout):
    coros = [fail(1, "in time"), fail(3, "too late")]
    for coro in asyncio.as_completed(coros, timeout=timeout):
        await asyncio.sleep(2)
        coro.close()
        print("over", timeout)
        break


async def for_ever():
    for coro in asyncio.as_completed([asyncio.Event().wait()], timeout=100):
        coro.close()
        break
    del coro
    await asyncio.Event().wait()


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(
        lambda loop, context: print("handler:", context["message"], context.get("exception"))
    )
    cases = [left(None), left(2.5), left(100), closed()]
    cases += [too_late(-1), too_late(0), too_late(1), not_asked(1.5), not_asked(None)]
    for case in cases:
        print("---", case.__name__)
        await case
    await asyncio.sleep(10)
    gc.collect()
    print("--- waits for ever")
    await for_ever()


asyncio.run(main())
