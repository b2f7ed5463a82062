"""Tasks start in the order of their creation, after their creator awaits."""
import asyncio


async def child(name):
    print(name, "first step")
    await asyncio.sleep(0)
    print(name, "second step")
    return name


async def main():
    tasks = [asyncio.create_task(child(n)) for n in "abc"]
    print("created", [t.done() for t in tasks])
    for t in reversed(tasks):
        print("got", await t)


asyncio.run(main())
