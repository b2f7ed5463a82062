"""Text beyond ASCII, and bytes written to the buffer below."""
import asyncio
import sys


async def grüße(name):
    await asyncio.sleep(0.5)
    print("Grüße,", name, "· ✓ 漢字 🙂 e\u0301")


async def main():
    await asyncio.gather(grüße("Zoë"), grüße("Łukasz"))
    sys.stdout.flush()
    sys.stdout.buffer.write(b"\xff\xfe raw\n")
    sys.stdout.buffer.flush()
    print("tab\tand\rreturn\x1b[0m")


asyncio.run(main())
