"""Awaiting a coroutine runs it at once, inside the same task; a task waits for its turn."""
import asyncio


async def say(what):
    print(what)
    await asyncio.sleep(0)
    print(what, "again")


async def main():
    task = asyncio.create_task(say("task"))
    await say("coroutine")
    await task


asyncio.run(main())
