"""Names of tasks: Task-N counts every unnamed task, set_name changes a name."""
import asyncio


async def nothing():
    pass


async def main():
    first = asyncio.create_task(nothing())
    named = asyncio.create_task(nothing(), name="mine")
    third = asyncio.create_task(nothing(), name=None)
    number = asyncio.create_task(nothing(), name=7)
    print([t.get_name() for t in (first, named, third, number)])
    first.set_name("renamed")
    third.set_name(3.5)
    print([t.get_name() for t in (first, named, third, number)])
    await asyncio.gather(first, named, third, number)
    last = asyncio.get_running_loop().create_task(nothing(), name="by the loop")
    print(last.get_name(), asyncio.create_task(nothing()).get_name())
    await last


asyncio.run(main())
