"""A subclass of Future."""
import asyncio


class Named(asyncio.Future):
    def __init__(self, name, **options):
        super().__init__(**options)
        self.name = name

    def set_result(self, result):
        print(self.name, "gets", result)
        super().set_result(result)


async def main():
    loop = asyncio.get_running_loop()
    future = Named("mine", loop=loop)
    loop.call_later(1, future.set_result, 5)
    print(await future, asyncio.isfuture(future), asyncio.ensure_future(future) is future)
    other = Named("other")
    print(other.get_loop() is loop, other.name, await asyncio.wait({other}, timeout=1) is not None)


asyncio.run(main())
