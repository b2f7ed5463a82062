"""redirect_stdout keeps output away from stdout."""
import asyncio
import contextlib
import io


async def main():
    held = io.StringIO()
    with contextlib.redirect_stdout(held):
        print("held")
        await asyncio.sleep(1)
        print("held too")
    print("seen", held.getvalue().split())


asyncio.run(main())
