"""Cancelling gather's future cancels every child."""
import asyncio


async def child(name):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise
    finally:
        print(name, "cleans up")


async def main():
    outer = asyncio.gather(child("a"), child("b"), child("c"))
    await asyncio.sleep(1)
    print(outer.cancel(), outer.cancelled(), outer.done())
    try:
        await outer
    except asyncio.CancelledError as error:
        print("outer cancelled", error.args)
    print(outer.cancelled(), outer.cancel())


asyncio.run(main())
