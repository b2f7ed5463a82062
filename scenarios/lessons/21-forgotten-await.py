# title: A forgotten await
# about: Without await, a coroutine is made and thrown away: nothing of it ever runs.
import asyncio

DELAY = 1.0  # param: 0.5..3.0 step 0.5 s: how long saving takes


async def save(text):
    await asyncio.sleep(DELAY)
    print(f"saved: {text}")


async def main():
    # caption: No await: the coroutine is thrown away at once, and Python warns.
    # marker: forgotten
    save("first letter")
    print("main: is it saved?")
    # marker: awaited
    await save("second letter")  # caption: With await it runs, and main waits for it.
    print("main: now it is")


asyncio.run(main())
