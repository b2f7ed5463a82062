"""In debug mode futures and handles say where they were made, as long as they live."""
import asyncio
import logging
import sys

logging.basicConfig(stream=sys.stdout, format="%(message)s")


def fail():
    raise ValueError("in a callback")


async def main():
    loop = asyncio.get_running_loop()
    print(asyncio.Future())
    print(loop.create_future())
    for handle in loop.call_soon(print, 1, 2), loop.call_soon_threadsafe(print):
        print(handle)
        handle.cancel()
        print(handle)
    waiter = asyncio.create_task(asyncio.Event().wait())
    await asyncio.sleep(0)
    print(str(waiter).partition(" wait_for=")[2].partition(" created")[0])
    waiter.cancel()
    loop.set_debug(False)
    print(loop.create_future(), loop.call_soon(print, "plain"))
    loop.call_soon(fail)
    await asyncio.sleep(0)


asyncio.run(main(), debug=True)
