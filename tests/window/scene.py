# title: The scene of the window's test
# about: First one after another, then all at once.
import asyncio

PAUSE = 1.5  # param: 0.5..3.0 step 0.5 s: how long A waits each time


async def io_task(name, iterations, pause):
    for i in range(1, iterations + 1):
        await asyncio.sleep(pause)
        print(f"{name}: {i} of {iterations}")


async def main():
    await io_task("A", 3, PAUSE)  # caption: One after another.
    await io_task("B", 2, 2.0)
    await io_task("C", 2, 1.25)
    print("one after another")  # marker: together
    await asyncio.gather(io_task("A", 3, PAUSE), io_task("B", 2, 2.0), io_task("C", 2, 1.25))
    print("together")


asyncio.run(main())
