"""In debug mode futures and handles say where they were made, as long as they live."""
import asyncio
import logging
import sys



class Formatter(logging.Formatter):
    def format(self, record):
        return super().format(record).replace(__file__, "FILE")


def show(thing):
    print(repr(thing).replace(__file__, "FILE"))


handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(Formatter())
logging.getLogger().addHandler(handler)


def fail():
    raise ValueError("in a callback")


async def main():
    loop = asyncio.get_running_loop()
    show(asyncio.Future())
    show(loop.create_future())
    for handle in loop.call_soon(print, 1, 2), loop.call_soon_threadsafe(print):
        show(handle)
        handle.cancel()
        show(handle)
    waiter = asyncio.create_task(asyncio.Event().wait())
    await asyncio.sleep(0)
    print(str(waiter).partition(" wait_for=")[2].partition(" created")[0])
    waiter.cancel()
    loop.set_debug(False)
    show([loop.create_future(), loop.call_soon(print, "plain")])
    loop.call_soon(fail)
    await asyncio.sleep(0)


asyncio.run(main(), debug=True)
