# title: wait_for gives up after a time
# about: When time is up, wait_for cancels what it waits for and raises TimeoutError.
import asyncio

LIMIT = 2.0  # param: 0.5..6.0 step 0.5 s: how long wait_for allows


async def operation():
    print("operation begins")
    await asyncio.sleep(3.75)
    print("operation ends")  # caption: In time: wait_for hands its result to main.
    return "an answer"


async def main():
    try:
        # caption: wait_for puts operation into a task of its own, and sets a timer beside it.
        answer = await asyncio.wait_for(operation(), LIMIT)  # marker: waiting
        print(f"got {answer}")
    # caption: Time was up: wait_for has cancelled operation, and raises TimeoutError.
    except TimeoutError:  # marker: time is up
        print("took too long")


asyncio.run(main())
