"""Handles: cancel, cancelled, when."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    soon = loop.call_soon(print, "never")
    timer = loop.call_later(1, print, "never too")
    kept = loop.call_later(1.5, print, "kept")
    print(timer.when(), kept.when(), timer.cancelled())
    soon.cancel()
    timer.cancel()
    timer.cancel()
    print(soon.cancelled(), timer.cancelled(), kept.cancelled())
    await asyncio.sleep(2)
    kept.cancel()
    print(kept.cancelled(), loop.time())


asyncio.run(main())
