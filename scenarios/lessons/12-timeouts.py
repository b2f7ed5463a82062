# title: A timeout within a timeout
# about: Each timeout() turns only its own cancellation into TimeoutError.
import asyncio

TOTAL = 3.0  # param: 0.5..5.0 step 0.5 s: how long all attempts may take together


async def ask(attempt):
    print(f"attempt {attempt}")
    await asyncio.sleep(10)  # caption: The server does not answer.


async def ask_three_times():
    for attempt in range(1, 4):
        try:
            async with asyncio.timeout(1.2):  # caption: The inner timeout: 1.2 s for one attempt.
                await ask(attempt)
        # caption: The inner block makes its own cancellation a TimeoutError, for this attempt only.
        except TimeoutError:  # marker: one attempt is over
            print(f"attempt {attempt} took too long")


async def main():
    try:
        async with asyncio.timeout(TOTAL):  # caption: The outer timeout: for everything inside it.
            await ask_three_times()
        print("no answer")
    # caption: The inner block let this cancellation pass: it was not its own.
    except TimeoutError:  # marker: all is over
        print("all of it took too long")


asyncio.run(main())
