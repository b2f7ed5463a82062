"""A queue of one's own by the hooks that the documentation of Queue's subclasses uses."""
import asyncio


class Unique(asyncio.Queue):
    def _init(self, maxsize):
        self._queue = {}

    def _put(self, item):
        self._queue[item] = True

    def _get(self):
        return self._queue.popitem()[0]


async def main():
    queue = Unique(3)
    for item in "abab":
        await queue.put(item)
    print(queue.qsize(), await queue.get(), await queue.get(), queue.empty())


asyncio.run(main())
