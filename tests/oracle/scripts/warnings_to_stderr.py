"""Coroutines and exceptions that nobody asked for, told on stderr."""
import asyncio
import gc
import io
import sys


async def fail():
    raise ValueError("lost")


async def main():
    sys.stderr = io.StringIO()
    fail()
    gc.collect()
    asyncio.create_task(fail(), name="lost")
    await asyncio.sleep(1)
    gc.collect()
    asyncio.get_running_loop().create_future().set_exception(KeyError("lost too"))
    text, sys.stderr = sys.stderr.getvalue(), sys.__stderr__
    for line in text.splitlines():
        if "never" in line or "Error" in line:
            print(line.replace(__file__, "FILE"))


asyncio.run(main())
