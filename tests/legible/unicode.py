# title: 日本語, 🚀 and Ελληνικά
import asyncio


async def work(n):
    print("日本語 🚀", n)
    await asyncio.sleep(n)


async def main():
    async with asyncio.TaskGroup() as group:
        for n, name in enumerate(["日本語", "🚀", "שלום"]):
            group.create_task(work(n), name=name)


asyncio.run(main())
