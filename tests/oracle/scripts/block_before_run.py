"""time.sleep outside the loop, in callbacks, and with odd lengths."""
import asyncio
import time

time.sleep(1.25)
print(time.monotonic())


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(1, time.sleep, 2)
    loop.call_later(2, lambda: print("due 2.25", loop.time()))
    await asyncio.sleep(1.5)
    print(loop.time())
    time.sleep(0)
    time.sleep(2.5e-9)
    print(loop.time())


asyncio.run(main())
try:
    time.sleep(-1)
except ValueError as error:
    print(error)
print(time.monotonic())
