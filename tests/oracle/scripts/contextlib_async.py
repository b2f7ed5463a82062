"""contextlib's asynchronous helpers on our loop."""
import asyncio
import contextlib


@contextlib.asynccontextmanager
async def session(name):
    print("enter", name)
    await asyncio.sleep(0.5)
    try:
        yield name.upper()
    finally:
        await asyncio.sleep(0.5)
        print("exit", name)


async def main():
    async with contextlib.AsyncExitStack() as stack:
        print(await stack.enter_async_context(session("a")))
        print(await stack.enter_async_context(session("b")))
        stack.push_async_callback(asyncio.sleep, 1)
    print(asyncio.get_running_loop().time())


asyncio.run(main())
