"""Tasks that await each other in a ring: cancel() goes round until Python gives up."""
import asyncio

ring = []


async def member(number):
    await ring[(number + 1) % 2]


async def main():
    ring.extend(asyncio.create_task(member(i), name=f"member {i}") for i in range(2))
    await asyncio.sleep(1)
    try:
        ring[0].cancel()
    except RecursionError:
        print("round and round")
    print([task.cancelling() > 0 for task in ring], [task.done() for task in ring])
    print("over")


try:
    asyncio.run(main())
except RecursionError:
    print("so does the end of the run")
