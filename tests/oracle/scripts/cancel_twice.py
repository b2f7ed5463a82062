"""Two cancels before the next step throw once; a later one throws again."""
import asyncio


async def tough():
    for _ in range(3):
        try:
            await asyncio.sleep(10)
            print("slept")
            return "slept"
        except asyncio.CancelledError as error:
            print("hit", error.args)
    return "beaten"


async def main():
    task = asyncio.create_task(tough())
    await asyncio.sleep(1)
    print(task.cancel("one"), task.cancel("two"), task.cancelling())
    await asyncio.sleep(1)
    print(task.cancel("three"), task.cancelling())
    print(await task)
    print(asyncio.get_running_loop().time())


asyncio.run(main())
