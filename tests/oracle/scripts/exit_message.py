"""sys.exit with a text prints it on stderr and exits 1."""
import asyncio
import sys


async def main():
    print("out")
    sys.exit("message for stderr")


asyncio.run(main())
