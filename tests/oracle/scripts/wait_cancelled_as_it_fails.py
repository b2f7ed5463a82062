"""wait(return_when=FIRST_EXCEPTION) looks at an exception also when it is cancelled just before."""
import asyncio
import gc


async def fail(task):
    task.cancel()
    raise ValueError("seen" if task else "")


async def main(return_when, count):
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"]))
    tasks = [asyncio.create_task(fail(asyncio.current_task())) for _ in range(count)]
    tasks.append(asyncio.create_task(asyncio.sleep(1)))
    try:
        await asyncio.wait(tasks, return_when=return_when)
    except asyncio.CancelledError:
        print("cancelled")


for return_when in asyncio.FIRST_EXCEPTION, asyncio.FIRST_COMPLETED, asyncio.ALL_COMPLETED:
    for count in 1, 2:
        print(return_when, count)
        asyncio.run(main(return_when, count))
        gc.collect()
