"""set_exception with an instance, with a class, and what may not be set."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    for given in ValueError("instance"), KeyError, ZeroDivisionError():
        future = loop.create_future()
        future.set_exception(given)
        try:
            await future
        except Exception as error:
            print(repr(error), repr(future.exception()))
    future = loop.create_future()
    try:
        future.set_exception(StopIteration)
    except TypeError as error:
        print("TypeError:", error)
    print(future.done())


asyncio.run(main())
