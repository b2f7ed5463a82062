"""as_completed() gives what can be driven as a generator."""
import asyncio


async def main():
    it = asyncio.as_completed([asyncio.sleep(1, 1), asyncio.sleep(2, 2)])
    print(type(it).__name__, await next(it))
    try:
        it.throw(ValueError("v"))
    except ValueError as error:
        print("thrown", error)
    print(list(it))
    it = asyncio.as_completed([asyncio.sleep(1, 1), asyncio.sleep(2, 2)])
    try:
        it.send(1)
    except TypeError as error:
        print(error)
    print(await it.send(None))
    it.close()
    try:
        it.send(None)
    except StopIteration:
        print("stopped")


asyncio.run(main())
