"""The running loop is set by hand, so that another one can run inside a task."""
import asyncio
async def inner(): await asyncio.sleep(1); return "inner"
async def main():
    outer = asyncio.get_running_loop()
    other = asyncio.create_task(asyncio.sleep(0.5, "other"))
    asyncio._set_running_loop(None)
    loop = asyncio.new_event_loop()
    print(loop.run_until_complete(inner()))
    loop.close()
    asyncio._set_running_loop(outer)
    print(await other, asyncio.get_running_loop() is outer, asyncio.current_task().get_name())
asyncio.run(main())
loop = asyncio.new_event_loop()
asyncio._set_running_loop(loop); print(asyncio.get_running_loop() is loop); 
try: asyncio.run(inner())
except RuntimeError as e: print(e)
asyncio._set_running_loop(None); loop.close()
