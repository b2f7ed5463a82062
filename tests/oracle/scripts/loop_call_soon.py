"""call_soon is first in, first out; what callbacks add runs an iteration later."""
import asyncio


def step(label, again):
    print(label, again)
    if again:
        asyncio.get_running_loop().call_soon(step, label, again - 1)


async def main():
    loop = asyncio.get_running_loop()
    for label in "ab":
        loop.call_soon(step, label, 2)
    print("scheduled")
    for i in range(4):
        await asyncio.sleep(0)
        print("main", i)


asyncio.run(main())
