# What the traceback of an exception keeps alive, and for how long: variables of asyncio's functions.
import asyncio
import gc

gc.disable()


class Noted:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


async def fail(name):
    raise ValueError(name)


async def timeout_expires():
    noted = Noted("variable of timeout_expires")
    async with asyncio.timeout(0.1):
        await asyncio.sleep(1)


async def timeout_expires_inside():
    noted = Noted("variable of timeout_expires_inside")
    try:
        async with asyncio.timeout(0.1):
            await asyncio.sleep(1)
    except TimeoutError:
        pass


async def group_fails():
    noted = Noted("variable of group_fails")
    async with asyncio.TaskGroup() as group:
        group.create_task(fail("in a group"))


async def group_fails_inside():
    noted = Noted("variable of group_fails_inside")
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("in a group"))
    except* ValueError:
        pass


async def group_cancelled():
    noted = Noted("variable of group_cancelled")
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.sleep(1))
        asyncio.current_task().cancel()
        await asyncio.sleep(1)


async def group_cancelled_as_it_ends():
    noted = Noted("variable of group_cancelled_as_it_ends")
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.sleep(1))
        asyncio.current_task().cancel()


async def group_left_alone():
    group = asyncio.TaskGroup()
    await group.__aenter__()
    group.create_task(fail("whose group nobody has"))
    group.create_task(asyncio.sleep(1))
    del group
    await asyncio.sleep(2)


async def completed_fails():
    noted = Noted("variable of completed_fails")
    for each in asyncio.as_completed([fail("completed")]):
        await each


async def wait_for_fails():
    noted = Noted("variable of wait_for_fails")
    await asyncio.wait_for(fail("waited for"), 1)


async def wait_for_too_late():
    noted = Noted("variable of wait_for_too_late")
    await asyncio.wait_for(asyncio.sleep(1), 0.1)


async def wait_cancelled():
    noted = Noted("variable of wait_cancelled")
    asyncio.current_task().cancel()
    await asyncio.wait({asyncio.ensure_future(asyncio.sleep(0.5))})


async def put_cancelled():
    asyncio.current_task().cancel()
    queue = asyncio.Queue(1)
    queue.put_nowait(Noted("item of a queue"))
    await queue.put(Noted("item that waits for a queue"))


async def sleep_cancelled():
    asyncio.current_task().cancel()
    await asyncio.sleep(1, Noted("result of a sleep"))


async def lock_cancelled():
    asyncio.current_task().cancel()
    lock = asyncio.Lock()
    lock.noted = Noted("lock")
    await lock.acquire()
    async with lock:
        pass


async def event_cancelled():
    asyncio.current_task().cancel()
    event = asyncio.Event()
    event.noted = Noted("event")
    await event.wait()


async def condition_cancelled():
    asyncio.current_task().cancel()
    condition = asyncio.Condition()
    condition.noted = Noted("condition")
    await condition.acquire()
    await condition.wait_for(lambda: False)


async def barrier_cancelled():
    asyncio.current_task().cancel()
    barrier = asyncio.Barrier(2)
    barrier.noted = Noted("barrier")
    await barrier.wait()


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("handler:", context["message"]))
    for function in cases:
        print("---", function.__name__)
        task = loop.create_task(function())
        while not task.done():
            await asyncio.sleep(0.1)
        if task.cancelled():
            try:
                await task
            except asyncio.CancelledError as error:
                print("cancelled")
                del task
                print("still caught")
        else:
            del task
        print("dropped")


cases = [value for value in list(globals().values()) if type(value) is type(fail)]
cases = [case for case in cases if case not in (main, fail)]
asyncio.run(main())
print("--- the collector")
gc.collect()
print("end")
