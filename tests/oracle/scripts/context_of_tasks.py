"""A task has a copy of its maker's context, or the very one that it is given."""
import asyncio
import contextvars

var = contextvars.ContextVar("var", default=0)


async def add(n):
    for _ in range(3):
        var.set(var.get() + n)
        await asyncio.sleep(0)
    return var.get()


async def main():
    var.set(10)
    print(await asyncio.gather(add(1), add(2)), var.get())
    shared = contextvars.copy_context()
    tasks = [asyncio.create_task(add(n), context=shared) for n in (1, 2)]
    print(await asyncio.gather(*tasks), shared[var], var.get())
    async with asyncio.TaskGroup() as group:
        group.create_task(add(100), context=shared)
    print(shared[var], await add(5), var.get())
    print(tasks[0].get_coro().__name__)


asyncio.run(main())
