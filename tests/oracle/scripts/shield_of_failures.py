"""What shield() passes on of a failure and of a cancel within."""
import asyncio


async def fail():
    await asyncio.sleep(1)
    raise ValueError("from within")


async def main():
    try:
        await asyncio.shield(fail())
    except ValueError as error:
        print(repr(error))
    inner = asyncio.create_task(asyncio.sleep(5))
    asyncio.get_running_loop().call_later(1, inner.cancel)
    try:
        await asyncio.shield(inner)
    except asyncio.CancelledError:
        print("the inner one was cancelled", inner.cancelled())
    inner = asyncio.create_task(fail())
    outer = asyncio.shield(inner)
    outer.cancel()
    await asyncio.sleep(0)
    print(outer.cancelled(), inner.done())
    await asyncio.sleep(2)


asyncio.run(main())
