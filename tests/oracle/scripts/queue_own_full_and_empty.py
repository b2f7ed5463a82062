"""A queue asks its own full() and empty() before it puts and gets."""
import asyncio


class Gate(asyncio.Queue):
    """Takes nothing while it is shut, gives nothing while it is held."""

    shut = held = False
    asked = 0

    def full(self):
        self.asked += 1
        return self.shut or super().full()

    def empty(self):
        self.asked += 1
        return self.held or super().empty()


async def put(gate, items):
    for item in items:
        try:
            await gate.put(item)
            print("put", item)
        except asyncio.CancelledError:
            print("put cancelled at", item)
            raise


async def get(gate, count):
    for _ in range(count):
        print("got", await gate.get())


async def main():
    gate = Gate(2)
    gate.shut = True
    try:
        gate.put_nowait(0)
    except asyncio.QueueFull:
        print("full", gate.full(), gate.qsize(), gate.empty())
    putter = asyncio.create_task(put(gate, [1, 2, 3]))
    await asyncio.sleep(1)
    gate.shut, gate.held = False, True
    super(Gate, gate).put_nowait(0)
    try:
        gate.get_nowait()
    except asyncio.QueueEmpty:
        print("empty", gate.empty(), gate.qsize(), gate.full())
    getter = asyncio.create_task(get(gate, 3))
    await asyncio.sleep(1)
    gate.held = False
    gate.put_nowait("last")
    await asyncio.sleep(1)
    putter.cancel()
    getter.cancel()
    print(await asyncio.gather(putter, getter, return_exceptions=True))
    print(gate.qsize(), gate.asked, str(gate))


asyncio.run(main())
