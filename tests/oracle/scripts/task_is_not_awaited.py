"""A task that nobody awaits: it is cancelled when asyncio.run closes up."""
import asyncio


async def background():
    try:
        while True:
            print("background", asyncio.get_running_loop().time())
            await asyncio.sleep(1)
    finally:
        print("background stopped")


async def main():
    task = asyncio.create_task(background())
    await asyncio.sleep(2.5)
    print("main ends", task.done())


asyncio.run(main())
print("after run")
