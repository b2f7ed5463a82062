"""repr() of futures, in each of their states."""
import asyncio


def callback(future):
    pass


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    print(future)
    for _ in range(4):
        future.add_done_callback(callback)
        print(str(future).replace(__file__, "FILE"))
    future.set_result([1] * 100)
    print(future)
    failed = loop.create_future()
    failed.set_exception(ValueError("x"))
    print(failed, repr(failed.exception()))
    cancelled = loop.create_future()
    cancelled.cancel("why")
    print(cancelled)


asyncio.run(main())
