"""Whoever catches wait_for's exception has what it waited for alive, by the traceback."""
import asyncio


async def child():
    await asyncio.sleep(0)


async def waits():
    asyncio.current_task().cancel()
    await asyncio.wait_for(asyncio.gather(child()), 1)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"]))
    try:
        await waits()
    finally:
        print("finally")


try:
    asyncio.run(main())
except asyncio.CancelledError as error:
    print("caught", repr(error))
print("end")
