"""Tasks that create tasks: new ones join the end of the queue."""
import asyncio


async def node(name, depth):
    print(name, "begins")
    if depth:
        left = asyncio.create_task(node(name + "l", depth - 1))
        right = asyncio.create_task(node(name + "r", depth - 1))
        print(name, "has children")
        await left
        await right
    print(name, "ends")


asyncio.run(node("n", 3))
