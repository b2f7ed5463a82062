"""What becomes the context of an exception that asyncio throws in, raises again or raises anew."""
import asyncio


def chain(error):
    names = []
    while error:
        names.append(repr(error))
        error = error.__context__
    return " <- ".join(names)


async def late():
    await asyncio.sleep(5)


async def while_handling(name, wait):
    """Waits while an exception is being handled, and tells of what that ends with."""
    try:
        try:
            raise ValueError("first")
        except ValueError:
            await wait()
            print(name, "ended")
    except BaseException as error:
        print(name, chain(error), "from", repr(error.__cause__))


async def in_condition(condition):
    async with condition:
        await condition.wait()


async def in_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(late())


async def in_failing_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(late())
        await asyncio.sleep(0)
        raise LookupError("body")


async def in_timeout(seconds):
    async with asyncio.timeout(seconds):
        await late()


async def failing():
    raise KeyError("child")


async def main():
    condition, lock, barrier = asyncio.Condition(), asyncio.Lock(), asyncio.Barrier(2)
    await lock.acquire()
    waits = {
        "wait_for": lambda: asyncio.wait_for(late(), 0.5),
        "wait_for_task": lambda: asyncio.wait_for(asyncio.create_task(late()), None),
        "condition": lambda: in_condition(condition),
        "lock": lock.acquire,
        "barrier": barrier.wait,
        "queue": asyncio.Queue().get,
        "event": asyncio.Event().wait,
        "gather": lambda: asyncio.gather(late()),
        "shield": lambda: asyncio.shield(late()),
        "wait": lambda: asyncio.wait([asyncio.create_task(late())]),
        "group": in_group,
        "timeout": lambda: in_timeout(0.5),
        "sleep": lambda: asyncio.sleep(5),
    }
    tasks = [asyncio.create_task(while_handling(*each)) for each in waits.items()]
    await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel("enough")
    await asyncio.wait(tasks)
    await while_handling("wait_for is late", lambda: asyncio.wait_for(late(), 0.05))
    await while_handling("wait_for at once", lambda: asyncio.wait_for(late(), 0))
    await while_handling("timeout is late", lambda: in_timeout(0.05))
    await while_handling("wait_for fails", lambda: asyncio.wait_for(failing(), 1))
    await while_handling("gather fails", lambda: asyncio.gather(failing(), late()))
    await while_handling("task fails", lambda: asyncio.create_task(failing()))
    await while_handling("group fails", in_failing_group)


asyncio.run(main())
