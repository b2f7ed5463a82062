"""shield() inside wait_for() and gather()."""
import asyncio


async def op(name):
    await asyncio.sleep(2)
    print(name, "ends")
    return name


async def main():
    loop = asyncio.get_running_loop()
    kept = asyncio.create_task(op("kept"))
    try:
        await asyncio.wait_for(asyncio.shield(kept), 1)
    except asyncio.TimeoutError:
        print("timeout", loop.time(), kept.done())
    group = asyncio.gather(asyncio.shield(kept), op("lost"), return_exceptions=True)
    loop.call_later(0.5, group.cancel)
    try:
        print(await group)
    except asyncio.CancelledError:
        print("gather cancelled", loop.time())
    print(await kept, loop.time())


asyncio.run(main())
