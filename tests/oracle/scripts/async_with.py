"""async with: entering and leaving may wait; exceptions reach __aexit__."""
import asyncio


class Resource:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    async def __aenter__(self):
        await asyncio.sleep(0.5)
        print(self.name, "open")
        return self

    async def __aexit__(self, kind, error, traceback):
        await asyncio.sleep(0.25)
        print(self.name, "closed", kind and kind.__name__)
        return self.swallow


async def use():
    async with Resource("outer", True), Resource("inner") as inner:
        print("using", inner.name)
        raise ValueError("inside")
    print("use goes on", asyncio.get_running_loop().time())


async def held():
    async with Resource("held"):
        await asyncio.sleep(10)


async def main():
    await use()
    task = asyncio.create_task(held())
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", asyncio.get_running_loop().time())


asyncio.run(main())
