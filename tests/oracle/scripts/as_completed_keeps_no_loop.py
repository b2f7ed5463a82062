"""A loop whose as_completed() was awaited goes with the script's variables."""
import asyncio

TASKS = []


async def fail():
    raise ValueError(1)


async def collect():
    for coroutine in asyncio.as_completed([fail()], timeout=1):
        await coroutine


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"]))
    TASKS.append(asyncio.create_task(collect()))
    await asyncio.wait(TASKS)


asyncio.run(main())
print("end")
