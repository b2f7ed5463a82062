"""SystemExit raised at the top level, with None and after a run."""
import asyncio


async def main():
    await asyncio.sleep(3)


asyncio.run(main())
print("done")
raise SystemExit
