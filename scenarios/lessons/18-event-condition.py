# title: Event and Condition
# about: An Event lets all pass once it is set; a Condition wakes those who look again.
import asyncio

DELIVERY = 2.0  # param: 1.5..5.0 step 0.5 s: when the bread is delivered
bread = 0


async def customer(name, wanted, opened, shelf):
    global bread
    await opened.wait()  # caption: All customers wait for one event: the shop opens.
    print(f"{name}: is inside")
    async with shelf:
        # caption: wait_for lets go of the lock and waits; each notify makes it look again.
        await shelf.wait_for(lambda: bread >= wanted)
        bread -= wanted
        print(f"{name}: got {wanted}, {bread} left")


async def deliver(amount, shelf):
    global bread
    async with shelf:
        bread += amount
        shelf.notify_all()  # caption: All that wait are woken, and look whether it is enough.


async def main():
    opened, shelf = asyncio.Event(), asyncio.Condition()
    for name, wanted in ("Ann", 3), ("Bob", 1):
        asyncio.create_task(customer(name, wanted, opened, shelf), name=name)
    await asyncio.sleep(1.0)
    opened.set()  # marker: open
    await asyncio.sleep(DELIVERY - 1.0)
    await deliver(2, shelf)  # marker: first delivery
    await asyncio.sleep(1.0)
    await deliver(2, shelf)  # marker: second delivery
    await asyncio.sleep(0.5)


asyncio.run(main())
