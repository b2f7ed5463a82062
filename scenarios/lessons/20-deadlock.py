# title: A deadlock
# about: Two tasks, two locks, taken in opposite order: each waits for what the other one holds.
import asyncio

BOB = 0.75  # param: 0.25..2.25 step 0.5 s: when Bob takes the spoon

# python3 waits for ever: Ctrl+C ends it.
# Here the run ends with a report.


async def cook(name, delay, first, second):
    await asyncio.sleep(delay)
    async with first:  # caption: The first lock is free: taken.
        print(f"{name} has one")
        await asyncio.sleep(1.0)
        # caption: This cook keeps one lock, and asks for the other.
        print(f"{name} needs the other")  # marker: needs the other
        # caption: If the other cook holds this lock, and waits for ours, this never ends.
        async with second:
            print(f"{name} has both")


async def main():
    knife, spoon = asyncio.Lock(), asyncio.Lock()
    # caption: Ann takes the knife and then the spoon, Bob the spoon and then the knife.
    await asyncio.gather(
        cook("Ann", 0.0, knife, spoon),
        cook("Bob", BOB, spoon, knife),
    )
    print("dinner is ready")


asyncio.run(main())
