"""What locks and queues say of wrong arguments, and of being used wrongly."""
import asyncio


async def main():
    queue = asyncio.Queue()
    for call in (lambda: asyncio.Lock(loop=None), lambda: asyncio.Lock(3),
                 lambda: asyncio.Event(loop=None), lambda: asyncio.Semaphore(-1),
                 lambda: asyncio.Semaphore(1, 2), lambda: asyncio.BoundedSemaphore(-1),
                 lambda: asyncio.Barrier(), lambda: asyncio.Barrier(0), lambda: asyncio.Queue(1, 2),
                 lambda: queue.put(), lambda: queue.put_nowait(1, 2), lambda: queue.get_nowait(),
                 lambda: queue.task_done(), lambda: asyncio.Lock().release(),
                 lambda: asyncio.Condition().notify(), lambda: asyncio.Condition().wait_for()):
        try:
            call()
        except Exception as error:
            print(type(error).__module__, type(error).__name__, error)
    print(asyncio.Queue[int])


asyncio.run(main())
