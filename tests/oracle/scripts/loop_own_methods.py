"""A loop whose class, or for which the script, has its own call_later, call_at or create_task."""
import asyncio


class FastLoop(asyncio.SelectorEventLoop):
    def call_later(self, delay, callback, *args, context=None):
        return super().call_later(delay / 10, callback, *args, context=context)


class TalkingLoop(asyncio.SelectorEventLoop):
    def call_at(self, when, callback, *args, context=None):
        print("call_at", when)
        return super().call_at(when, callback, *args, context=context)


class TaskLoop(asyncio.SelectorEventLoop):
    def create_task(self, coro, *, name=None, context=None):
        print("create_task", coro.__qualname__, name, context is None)
        return super().create_task(coro, name=name, context=context)

    def create_future(self):
        return super().create_future()


async def child(delay):
    await asyncio.sleep(delay)
    return delay


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.sleep(10)
    print(loop.time())
    try:
        await asyncio.wait_for(asyncio.sleep(100), 10)
    except asyncio.TimeoutError:
        print("late", loop.time())
    print(await asyncio.wait([asyncio.create_task(child(5), name="five")], timeout=1) and loop.time())
    try:
        async with asyncio.timeout(2):
            await asyncio.sleep(70)
    except TimeoutError:
        print("timeout", loop.time())
    print(await asyncio.gather(child(1), asyncio.ensure_future(child(2))), loop.time())
    async with asyncio.TaskGroup() as group:
        print(group.create_task(child(3), name="three").get_name())
    for coroutine in asyncio.as_completed([child(4), child(5)], timeout=9):
        print(await coroutine, loop.time())
    sleeper = asyncio.create_task(child(50))
    await asyncio.sleep(0)
    sleeper.cancel()
    await asyncio.wait([sleeper])
    print(sleeper.cancelled(), loop.time())
    plain = loop.call_at
    loop.call_at = lambda when, *rest, **options: plain(when + 1, *rest, **options)
    await asyncio.sleep(1)
    print(loop.time())
    del loop.call_at
    await asyncio.sleep(1)
    print(loop.time())


for factory in asyncio.SelectorEventLoop, FastLoop, TalkingLoop, TaskLoop:
    print(factory.__name__)
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(main())
