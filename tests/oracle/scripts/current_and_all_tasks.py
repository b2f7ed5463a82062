"""Who runs, and who is there."""
import asyncio


async def child():
    await asyncio.sleep(1)
    print(asyncio.current_task().get_name(), asyncio.current_task() in asyncio.all_tasks())


async def main():
    tasks = [asyncio.create_task(child(), name=f"child {i}") for i in range(2)]
    print([t.get_name() for t in asyncio.all_tasks()])
    await asyncio.gather(*tasks)
    print([t.get_name() for t in asyncio.all_tasks()])
    asyncio.get_running_loop().call_soon(lambda: print(asyncio.current_task()))
    await asyncio.sleep(0)
    print(asyncio.current_task(asyncio.new_event_loop()))


asyncio.run(main())
try:
    asyncio.current_task()
except RuntimeError as error:
    print(error)
