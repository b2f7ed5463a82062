"""A task that cancels itself is hit at its next await."""
import asyncio


async def cancels_itself():
    me.cancel("myself")
    print("still running")
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError as error:
        print("hit", error.args)
    return 1


async def ends_first():
    me.cancel()
    print("returns at once")
    return 2


async def main():
    global me
    me = asyncio.create_task(cancels_itself())
    print(await me)
    me = asyncio.create_task(ends_first())
    try:
        print(await me)
    except asyncio.CancelledError:
        print("cancelled after all", me.cancelled())


asyncio.run(main())
