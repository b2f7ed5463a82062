"""What wait() refuses."""
import asyncio


async def attempt(*args, **kwargs):
    try:
        await asyncio.wait(*args, **kwargs)
    except Exception as error:
        print(type(error).__name__, error)


async def main():
    future = asyncio.get_running_loop().create_future()
    await attempt([])
    await attempt(future)
    await attempt([future], return_when="SOMETIMES")
    coro = asyncio.sleep(0)
    await attempt([coro])
    coro.close()
    await attempt(42)
    future.set_result(None)
    done, pending = await asyncio.wait([future, future])
    print(len(done), len(pending))


asyncio.run(main())
