"""A loop whose class, or for which the script, has its own call_soon or create_future."""
import asyncio
import contextvars
import re

number = contextvars.ContextVar("number", default=0)


class Talking(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, context=None):
        text = re.sub(" at 0x[0-9a-f]+", "", repr(callback))
        text = re.sub(".*task_wakeup.*object>", "wake-up", text)  # of _asyncio.Task, or of a class
        print("soon:", text, [type(arg).__name__ for arg in args], context is not None)
        return super().call_soon(callback, *args, context=context)


class Wrapping(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, context=None):
        def wrapped(*args):
            print("[", end="")
            callback(*args)
            print("]")

        return super().call_soon(wrapped, *args, context=context)


class Late(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, context=None):
        return self.call_later(0.5, callback, *args, context=context)


class Threads(asyncio.SelectorEventLoop):
    def call_soon_threadsafe(self, callback, *args, context=None):
        print("threadsafe", len(args))
        return super().call_soon_threadsafe(callback, *args, context=context)


class Order(asyncio.SelectorEventLoop):
    def create_task(self, coro, *, name=None, context=None):
        print("create_task", coro.__qualname__)
        return super().create_task(coro, name=name, context=context)

    def call_later(self, delay, callback, *args, context=None):
        print("call_later", delay)
        return super().call_later(delay, callback, *args, context=context)

    def create_future(self):
        print("create_future")
        return super().create_future()

    def call_soon(self, callback, *args, context=None):
        print("call_soon")
        return super().call_soon(callback, *args, context=context)


async def child(n):
    number.set(n)
    await asyncio.sleep(0)
    print("child", n, number.get())
    await asyncio.sleep(1.0)
    print("child ends", n, number.get())
    return n


async def fail():
    raise ValueError


async def futures(loop):
    print(await asyncio.gather(child(1), child(2)), loop.time())
    future = loop.create_future()
    future.add_done_callback(lambda future: print("done", number.get()))
    future.set_result(3)
    print(await future)
    queue = asyncio.Queue(1)
    task = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    await queue.put(1)
    print(await task)
    lock = asyncio.Lock()
    await lock.acquire()
    task = asyncio.create_task(lock.acquire())
    await asyncio.sleep(0)
    lock.release()
    print(await task, await asyncio.shield(child(10)))


async def timeouts(loop):
    try:
        await asyncio.wait_for(asyncio.sleep(5.0), 1.0)
    except TimeoutError:
        print("late", loop.time())
    try:
        await asyncio.wait_for(None, 1.0)
    except TypeError as error:
        print(error)
    try:
        async with asyncio.timeout(0.0):
            await asyncio.sleep(3.0)
    except TimeoutError:
        print("late", loop.time())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            group.create_task(child(7))
    except* ValueError:
        print("group")


async def main():
    loop = asyncio.get_running_loop()
    number.set(5)
    await futures(loop)
    await timeouts(loop)
    print(await asyncio.to_thread(lambda: 8))
    task = asyncio.create_task(child(9))
    await asyncio.sleep(0.2)
    task.cancel()
    print(len(await asyncio.wait([task], timeout=1.0)), task.cancelled(), number.get(), loop.time())
    for coro in asyncio.as_completed([child(3), child(4)], timeout=9.0):
        print(await coro)


async def of_this_loop():
    loop = asyncio.get_running_loop()
    plain = loop.call_soon

    def own(callback, *args, **options):
        print("own", len(args))
        return plain(callback, *args, **options)

    loop.call_soon = own
    print(await asyncio.gather(child(1), child(2)))
    del loop.call_soon
    print(await child(3))


for factory in Talking, Wrapping, Late, Threads, Order:
    print("===", factory.__name__)
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(main())
asyncio.run(of_this_loop())
