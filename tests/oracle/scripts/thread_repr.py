# How tasks and futures that wait for threads look.
import asyncio, time
async def main():
    t = asyncio.create_task(asyncio.to_thread(time.sleep, 1))
    print(t)
    await asyncio.sleep(0.5)
    print(t)
    print(await asyncio.gather(t, asyncio.to_thread(int, "7")), t)
    loop = asyncio.get_running_loop()
    f = loop.run_in_executor(None, time.sleep, 1)
    print(f, f.cancel(), f)
    await asyncio.sleep(0)
asyncio.run(main())
