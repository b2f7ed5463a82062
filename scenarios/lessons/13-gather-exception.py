# title: One fails, its siblings go on
# about: gather raises the first exception at once; it does not cancel the other tasks.
import asyncio

FAILS_AFTER = 1.0  # param: 0.5..3.0 step 0.5 s: when the second task fails


async def upload(name, seconds):
    await asyncio.sleep(seconds)
    print(f"{name}: uploaded")  # caption: This upload is done, whether anybody waits for it or not.


async def fail():
    await asyncio.sleep(FAILS_AFTER)
    raise ConnectionError("line is dead")


async def main():
    try:
        # caption: main waits for all three, or for the first exception.
        await asyncio.gather(upload("photo", 0.75), fail(), upload("film", 2.25))
        print("main: all uploaded")
    except ConnectionError as error:
        # caption: The first exception ends the waiting; the siblings know nothing of it.
        print(f"main: {error}")  # marker: the failure
    print("main: told the user that it failed")
    await asyncio.sleep(3.1)  # caption: Nothing was cancelled: what is not uploaded yet goes on.
    # caption: Both uploads are done, though gather gave main only the exception.
    print("main: the end")  # marker: the end


asyncio.run(main())
