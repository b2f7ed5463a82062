"""Cancelling the main task ends asyncio.run with CancelledError."""
import asyncio


async def main(holder):
    holder.append(asyncio.get_running_loop())
    task = asyncio.create_task(asyncio.sleep(50))
    loop = holder[0]

    async def killer(victim):
        await asyncio.sleep(1)
        victim.cancel("enough")

    async def body():
        try:
            await asyncio.sleep(10)
        finally:
            print("body ends at", loop.time())

    victim = asyncio.create_task(body())
    asyncio.create_task(killer(victim))
    try:
        await victim
    finally:
        print("main ends", task.done())


try:
    asyncio.run(main([]))
except asyncio.CancelledError as error:
    print("run raised", type(error).__name__, error.args)
