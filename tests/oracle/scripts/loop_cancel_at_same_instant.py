"""One due callback cancels another that is due at the same instant."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    second = None

    def first():
        print("first cancels second")
        second.cancel()

    loop.call_later(1, first)
    second = loop.call_later(1, print, "second")
    loop.call_later(1, print, "third")
    await asyncio.sleep(2)
    print(second.cancelled())


asyncio.run(main())
