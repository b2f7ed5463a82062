"""join() waits until every item is done with."""
import asyncio


async def worker(name, queue):
    while True:
        delay = await queue.get()
        await asyncio.sleep(delay)
        queue.task_done()
        print(name, delay, asyncio.get_running_loop().time())


async def main():
    queue = asyncio.Queue()
    await queue.join()
    for delay in (3, 1, 2, 1, 0):
        queue.put_nowait(delay)
    workers = [asyncio.create_task(worker(f"w{i}", queue)) for i in range(2)]
    await queue.join()
    print("joined", asyncio.get_running_loop().time())
    for task in workers:
        task.cancel()
    print(await asyncio.gather(*workers, return_exceptions=True))
    try:
        queue.task_done()
    except ValueError as error:
        print(error)


asyncio.run(main())
