"""gather of coroutines, tasks and futures together."""
import asyncio


async def value(v, delay):
    await asyncio.sleep(delay)
    return v


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    done = loop.create_future()
    done.set_result("already done")
    task = asyncio.create_task(value("task", 2))
    loop.call_later(1, future.set_result, "future")
    print(await asyncio.gather(value("coroutine", 3), task, future, done))
    print(loop.time(), task.done(), future.done())


asyncio.run(main())
