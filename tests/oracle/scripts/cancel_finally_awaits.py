"""await in finally while a task is being cancelled."""
import asyncio


async def inner():
    try:
        await asyncio.sleep(10)
    finally:
        print("inner: closing")
        await asyncio.sleep(1)
        print("inner: closed")


async def outer():
    try:
        await inner()
    finally:
        print("outer: closing")
        await asyncio.sleep(2)
        print("outer: closed")


async def main():
    task = asyncio.create_task(outer())
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("gone at", asyncio.get_running_loop().time())


asyncio.run(main())
