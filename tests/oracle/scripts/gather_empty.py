"""gather() of nothing is a future that is done at once."""
import asyncio


async def other():
    print("other runs")


async def main():
    task = asyncio.create_task(other())
    outer = asyncio.gather()
    print(outer.done())
    print(await outer)
    print(outer.done(), outer.result())
    await task
    print(await asyncio.gather(*[], return_exceptions=True))


asyncio.run(main())
