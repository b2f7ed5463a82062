"""KeyboardInterrupt raised by a task goes through the loop."""
import asyncio


async def main():
    try:
        await asyncio.sleep(1)
        raise KeyboardInterrupt("stop")
    finally:
        print("finally")


try:
    asyncio.run(main())
except KeyboardInterrupt as error:
    print("caught", error.args)
