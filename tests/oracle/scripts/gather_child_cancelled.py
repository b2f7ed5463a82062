"""A cancelled child raises CancelledError out of gather."""
import asyncio


async def sleeper(delay):
    await asyncio.sleep(delay)
    print("slept", delay)


async def main():
    a, b = asyncio.create_task(sleeper(5)), asyncio.create_task(sleeper(2))
    asyncio.get_running_loop().call_later(1, a.cancel)
    try:
        await asyncio.gather(a, b)
    except asyncio.CancelledError:
        print("gather raised", asyncio.get_running_loop().time())
    await b
    print(a.cancelled(), b.cancelled())


asyncio.run(main())
