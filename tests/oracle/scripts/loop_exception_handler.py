"""What becomes of exceptions in callbacks, and of those nobody asks for."""
import asyncio


def handler(loop, context):
    print(sorted(context), context["message"].split("(")[0], repr(context.get("exception")))


def bad():
    raise ValueError("in a callback")


async def fail():
    raise KeyError("in a task")


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_exception_handler())
    loop.set_exception_handler(handler)
    loop.call_soon(bad)
    loop.call_later(1, bad)
    task = asyncio.create_task(fail())
    await asyncio.sleep(2)
    del task
    loop.call_exception_handler({"message": "by hand", "extra": 1})
    loop.set_exception_handler(None)
    try:
        loop.set_exception_handler(42)
    except TypeError as error:
        print(error)


asyncio.run(main())
