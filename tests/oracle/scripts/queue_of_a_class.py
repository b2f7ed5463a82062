"""Queues whose classes keep the items in their own way."""
import asyncio


class Unique(asyncio.Queue):
    def _put(self, item):
        if item not in self._queue:
            super()._put(item)


class Latest(asyncio.Queue):
    def _init(self, maxsize):
        self._queue = {}

    def _put(self, item):
        self._queue[item[0]] = item[1]

    def _get(self):
        return self._queue.popitem()


class Told(asyncio.LifoQueue):
    def put_nowait(self, item):
        print("puts", item)
        super().put_nowait(item)

    def get_nowait(self):
        item = super().get_nowait()
        print("gets", item)
        return item


async def main():
    unique = Unique()
    for item in (1, 2, 1):
        await unique.put(item)
    print(unique.qsize(), unique, unique.empty())
    latest = Latest(maxsize=2)
    for item in ((1, 2), (1, 3), (2, 3)):
        await latest.put(item)
    print(latest.full(), await latest.get(), await latest.get(), latest.empty())
    told = Told(2)
    for item in "ab":
        await told.put(item)
    waiting = asyncio.create_task(told.put("c"))
    await asyncio.sleep(0)
    print(await told.get(), waiting.done())
    await waiting
    print(await told.get(), told)
    plain = asyncio.PriorityQueue()
    for item in (3, 1, 2):
        plain.put_nowait(item)
    print(plain._queue)
    plain._queue.clear()
    print(plain.empty(), plain.qsize(), plain)


asyncio.run(main())
