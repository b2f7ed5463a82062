# title: A TaskGroup stands or falls as one
# about: If one task of a group fails, the group cancels the others and waits for them.
import asyncio

FAILS_AFTER = 1.5  # param: 0.5..4.5 step 0.5 s: when the search for a hotel fails


async def book(what, seconds):
    try:
        await asyncio.sleep(seconds)
        print(f"{what}: booked")
    except asyncio.CancelledError:  # caption: The group cancels this task: another one failed.
        print(f"{what}: given up")
        raise


async def find_hotel():
    await asyncio.sleep(FAILS_AFTER)
    # caption: One task fails: the group cancels those that are not done.
    raise LookupError("no hotel is free")  # marker: the failure


async def main():
    try:
        async with asyncio.TaskGroup() as trip:
            trip.create_task(book("flight", 0.8), name="flight")
            trip.create_task(find_hotel(), name="hotel")
            trip.create_task(book("car", 3.2), name="car")
            print("all have been asked")  # caption: At its end, the block waits for all of its tasks.
    except* LookupError as group:  # caption: All of its tasks are done; now the group raises.
        # caption: The group has the exceptions of all tasks that failed; here it is one.
        print(f"no trip: {group.exceptions[0]}")  # marker: the group is over


asyncio.run(main())
