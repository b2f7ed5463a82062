"""In debug mode coroutines know where they were made, as long as the loop runs."""
import asyncio
import sys


async def inner():
    pass


async def main():
    coroutine = inner()
    origin = coroutine.cr_origin
    print(sys.get_coroutine_origin_tracking_depth(), origin and origin[0][2])
    coroutine.close()


for debug in True, False:
    asyncio.run(main(), debug=debug)
    print(sys.get_coroutine_origin_tracking_depth())
