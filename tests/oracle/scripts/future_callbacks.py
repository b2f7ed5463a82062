"""add_done_callback: order, always by way of the ready queue, removal."""
import asyncio


def note(label):
    return lambda future: print(label, future.result())


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    one, two, three = note("one"), note("two"), note("three")
    for f in one, two, three, two:
        future.add_done_callback(f)
    loop.call_soon(print, "soon, before")
    future.set_result("R")
    loop.call_soon(print, "soon, after")
    print("removed", future.remove_done_callback(two))
    await asyncio.sleep(0)
    future.add_done_callback(two)
    print("end of main's step")
    await asyncio.sleep(0)

    other = loop.create_future()
    for f in one, two, one:
        other.add_done_callback(f)
    print("removed", other.remove_done_callback(one))
    other.set_result("S")
    await other
    await asyncio.sleep(0)


asyncio.run(main())
