# title: A title that is as long as no title should ever be, since there is no window in the world that has so much room in its bar for it
import asyncio

A_PARAMETER_WITH_A_LONG_NAME = 0.1234  # param: 0.0..1000000.0 step 0.0001 hours: what it is for is long, too
WORDS = "a-word"  # param: a-word|another-word|one-more-word|the-last-of-all-these-words: a choice with much to choose from


async def a_coroutine_with_quite_a_long_name(a_parameter):
    lock_with_a_long_name = asyncio.Lock()
    async with lock_with_a_long_name:  # caption: A caption that goes on and on, as if there were no end to what can be said of a lock, and that has to end somewhere nevertheless.
        await asyncio.sleep(a_parameter)  # marker: a marker with a name that is longer than what there is room for
    return "x" * 300


async def main():
    tasks = [
        asyncio.create_task(a_coroutine_with_quite_a_long_name(n), name=f"task {n} with a name that does not fit")
        for n in range(3)
    ]
    print("y" * 500)
    await asyncio.gather(*tasks)


asyncio.run(main())
