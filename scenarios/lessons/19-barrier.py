# title: A barrier: nobody goes on alone
# about: Whoever reaches a barrier waits until as many are there as it was made for.
import asyncio

LAST = 3.0  # param: 0.5..5.0 step 0.5 s: how long Cem takes to the meeting point


async def hiker(name, seconds, meeting_point):
    await asyncio.sleep(seconds)
    print(f"{name}: is here")
    await meeting_point.wait()  # caption: Whoever is early waits; whoever comes last wakes all the others.
    print(f"{name}: walks on")


async def main():
    meeting_point = asyncio.Barrier(3)
    async with asyncio.TaskGroup() as hike:
        hike.create_task(hiker("Ann", 1.2, meeting_point))
        hike.create_task(hiker("Bob", 2.2, meeting_point))
        hike.create_task(hiker("Cem", LAST, meeting_point))
    # caption: The barrier let all pass together, as soon as the last was there.
    print("all have gone on")  # marker: together


asyncio.run(main())
