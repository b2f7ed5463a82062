# title: A semaphore lets only so many in
# about: A semaphore counts free places; whoever finds none waits until one is given back.
import asyncio

PLACES = 2  # param: 1..4 step 1: how many may download at once


async def download(name, seconds, places):
    async with places:  # caption: A place is taken here, or waited for, first come, first served.
        print(f"{name}: begins")
        await asyncio.sleep(seconds)
        # caption: Leaving the block gives the place back; the next in line gets it.
        print(f"{name}: ends")


async def main():
    places = asyncio.Semaphore(PLACES)
    # caption: Four downloads want to get in; there is room for PLACES of them.
    await asyncio.gather(  # marker: all at once
        download("atlas", 1.6, places),
        download("bible", 2.5, places),
        download("comic", 1.3, places),
        download("diary", 0.7, places),
    )
    # caption: Never were more than PLACES of them inside.
    print("all are here")  # marker: all are here


asyncio.run(main())
