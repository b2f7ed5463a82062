"""An exception in a callback is reported and the loop goes on."""
import asyncio


def bad(future):
    print("bad runs")
    raise RuntimeError("in callback")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    future.add_done_callback(bad)
    future.add_done_callback(lambda f: print("next one runs too", f.result()))
    loop.call_soon(lambda: 1 / 0)
    future.set_result(1)
    await asyncio.sleep(1)
    print("main goes on")


asyncio.run(main())
