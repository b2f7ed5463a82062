"""Sleeps that no task awaits: driven by hand, given up, and given up when they are due."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    alone = asyncio.sleep(1, "alone")
    alone.send(None)
    await asyncio.sleep(2)
    try:
        alone.send(None)
    except StopIteration as stop:
        print("alone:", stop.value, loop.time())
    given_up = asyncio.sleep(1, "given up")
    given_up.send(None)
    given_up.close()
    print("closed", loop.time())
    late = asyncio.sleep(1, "late")
    loop.call_later(1, lambda: print("closes", late.close(), loop.time()))
    late.send(None)
    await asyncio.sleep(2)
    print("end", loop.time())


asyncio.run(main())
