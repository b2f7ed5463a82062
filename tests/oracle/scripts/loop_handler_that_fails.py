"""An exception handler that raises falls back to the default one."""
import asyncio


def handler(loop, context):
    print("handler called with", context["message"].split("(")[0])
    raise RuntimeError("in the handler")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(1)
    print("the loop goes on", loop.time())


asyncio.run(main())
