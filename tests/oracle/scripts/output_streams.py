"""stdout and stderr stay apart; print with end, sep and file."""
import asyncio
import sys


async def main():
    print("no newline", end="")
    await asyncio.sleep(1)
    print(" ... continued", 1, 2, sep="-")
    print("to stderr", file=sys.stderr)
    sys.stdout.write("written\n")
    sys.stdout.writelines(["a\n", "b\n"])
    print("flushed", flush=True)
    print()
    print("last, without newline", end="")


asyncio.run(main())
