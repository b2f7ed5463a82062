"""sys.exit in main ends the run with its code."""
import asyncio
import sys


async def main():
    try:
        await asyncio.sleep(1)
        print("leaving")
        sys.exit(7)
    finally:
        print("finally")


asyncio.run(main())
