# title: A race, and the lock that ends it
# about: Between reading and writing lies an await: there another task can come in between.
import asyncio

RENT = 2.0  # param: 0.5..4.0 step 0.5 s: how long the bank takes for the rent
balance = 100


async def pay(what, amount, seconds):
    global balance
    before = balance  # caption: What the task knows of the balance from now on may grow old.
    await asyncio.sleep(seconds)  # caption: While the bank is busy, others may run.
    balance = before - amount  # caption: It writes what it once read, less what it paid.
    print(f"{what}: {before} - {amount} = {balance}")


async def pay_locked(lock, what, amount, seconds):
    async with lock:  # caption: Only one task at a time gets past this line.
        await pay(what, amount, seconds)


async def main():
    global balance
    await asyncio.gather(pay("rent", 60, RENT), pay("food", 30, 1.25))  # marker: without a lock
    print(f"left without a lock: {balance}")
    balance = 100
    lock = asyncio.Lock()
    await asyncio.gather(  # marker: with a lock
        pay_locked(lock, "rent", 60, RENT),
        pay_locked(lock, "food", 30, 1.25),
    )
    print(f"left with a lock: {balance}")


asyncio.run(main())
