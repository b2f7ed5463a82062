"""cancelling() and uncancel() count requests."""
import asyncio


async def job():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("requests", me.cancelling())
        print("left", me.uncancel())
        print("left", me.uncancel())
        print("left", me.uncancel())
    await asyncio.sleep(1)
    return "ok"


async def main():
    global me
    me = asyncio.create_task(job())
    print(me.cancelling(), me.uncancel())
    await asyncio.sleep(0)
    me.cancel()
    me.cancel()
    print(await me, me.cancelled(), me.cancelling())


asyncio.run(main())
