"""An uncaught exception in main: traceback on stderr, exit code 1."""
import asyncio


async def inner():
    await asyncio.sleep(1)
    raise ValueError("uncaught: ünïcode")


async def main():
    print("before")
    try:
        await inner()
    finally:
        print("finally")


asyncio.run(main())
print("not reached")
