"""A hand-made channel of futures: the same order as asyncio's."""
import asyncio
import collections


class Channel:
    def __init__(self):
        self.items, self.getters = collections.deque(), collections.deque()

    def put(self, item):
        self.items.append(item)
        while self.getters:
            getter = self.getters.popleft()
            if not getter.done():
                getter.set_result(None)
                break

    async def get(self):
        while not self.items:
            getter = asyncio.get_running_loop().create_future()
            self.getters.append(getter)
            await getter
        return self.items.popleft()


async def producer(channel):
    for i in range(6):
        await asyncio.sleep(0.3 if i % 2 else 0)
        print("put", i)
        channel.put(i)


async def consumer(name, channel):
    for _ in range(3):
        print(name, "got", await channel.get())
        await asyncio.sleep(0.1)


async def main():
    channel = Channel()
    await asyncio.gather(consumer("x", channel), consumer("y", channel), producer(channel))


asyncio.run(main())
