# title: A race, and the lock that ends it
# about: An await between reading and writing lets another task get in between.
# compare: TRY=race | TRY=lock: With the lock it takes longer, and the balance is right.
import asyncio

RENT = 2.0  # param: 0.5..4.0 step 0.5 s: how long the bank takes for the rent
TRY = "both"  # param: both|race|lock: what main tries
balance = 100


async def pay(what, amount, seconds):
    global balance
    before = balance  # caption: The task notes what the balance is at this moment.
    await asyncio.sleep(seconds)  # caption: While the bank is busy, others may run.
    balance = before - amount  # caption: It writes what it once read, less what it paid.
    print(f"{what}: {before} - {amount} = {balance}")


async def pay_locked(lock, what, amount, seconds):
    async with lock:  # caption: Only one task at a time gets past this line.
        await pay(what, amount, seconds)


async def main():
    global balance
    if TRY != "lock":
        # caption: Two payments at the same time: each reads the balance before the other writes it.
        await asyncio.gather(pay("rent", 60, RENT), pay("food", 30, 1.25))  # marker: without a lock
        print(f"left without a lock: {balance}")
    if TRY != "race":
        balance, lock = 100, asyncio.Lock()
        rent = pay_locked(lock, "rent", 60, RENT)
        food = pay_locked(lock, "food", 30, 1.25)
        # caption: With the lock, the second reads the balance only after the first has written it.
        await asyncio.gather(rent, food)  # marker: with a lock
        print(f"left with a lock: {balance}")


asyncio.run(main())
