"""Two hundred timers with many ties: a stable order."""
import asyncio

order = []


async def one(i):
    await asyncio.sleep((i * 37 % 20) / 4)
    order.append(i)
    await asyncio.sleep((i * 11 % 8) / 4)
    order.append(-i)


async def main():
    await asyncio.gather(*(one(i) for i in range(1, 201)))
    print(order)
    print(asyncio.get_running_loop().time())


asyncio.run(main())
