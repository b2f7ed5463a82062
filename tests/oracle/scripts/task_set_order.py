"""A set of tasks iterates by their numbers; tasks are keys of dicts."""
import asyncio


async def nothing(n):
    await asyncio.sleep(n)
    return n


async def main():
    tasks = [asyncio.create_task(nothing(n), name=f"t{n}") for n in range(6)]
    names = {t: t.get_name() for t in tasks}
    print(len({*tasks, *tasks}), tasks[3] in set(tasks))
    for t in tasks:
        await t
        print(names[t], t == t, t != tasks[0], {t: 1}[t])
    print(sorted(t.get_name() for t in set(tasks)))


asyncio.run(main())
