"""A task factory makes every task."""
import asyncio


def factory(loop, coro, **options):
    task = asyncio.Task(coro, loop=loop, **options)
    task.set_name("made by the factory: " + coro.__name__)
    return task


async def child():
    print(asyncio.current_task().get_name())


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_task_factory())
    loop.set_task_factory(factory)
    await asyncio.create_task(child())
    await asyncio.gather(child(), child())
    await asyncio.create_task(child(), name="named")
    await loop.create_task(child())
    loop.set_task_factory(None)
    await asyncio.create_task(child())
    try:
        loop.set_task_factory("no")
    except TypeError as error:
        print(error)


asyncio.run(main())
