"""wait() for what is done already does not let anybody else run."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    done_one = loop.create_future()
    done_one.set_result(1)
    other = loop.create_future()
    order = []
    loop.call_soon(order.append, "callback")
    for when in asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION:
        done, pending = await asyncio.wait([done_one], return_when=when)
        print(when, len(done), len(pending), order)
    done, pending = await asyncio.wait([done_one, other], return_when=asyncio.FIRST_COMPLETED, timeout=3)
    print(len(done), len(pending), order, loop.time())


asyncio.run(main())
