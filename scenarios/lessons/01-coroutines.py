# title: A coroutine suspends and resumes
# about: await hands control back to the event loop; later the coroutine goes on where it stopped.
import asyncio

DELAY = 2.0  # param: 0.5..6.0 step 0.5 s: how long the kettle takes


async def make_tea():
    print("kettle on")  # caption: Only now does make_tea run: main awaits it.
    # caption: await lets go of the loop until the sleep is over; make_tea stops here, halfway.
    await asyncio.sleep(DELAY)  # marker: suspended
    print("water boils")  # caption: make_tea goes on right after its await; its variables are all still there.
    return "tea"  # caption: return ends the coroutine; its result goes to main's await.


async def main():
    tea = make_tea()  # caption: Calling a coroutine function runs none of it: it only makes a coroutine.
    print("nothing has happened yet")
    cup = await tea
    # caption: What make_tea returned is the value of main's await.
    print(f"here is the {cup}")  # marker: resumed


asyncio.run(main())
