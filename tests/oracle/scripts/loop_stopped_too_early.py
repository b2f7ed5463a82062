"""stop() while run_until_complete() waits."""
import asyncio


async def forever():
    await asyncio.sleep(100)


loop = asyncio.new_event_loop()
loop.call_later(1, loop.stop)
task = loop.create_task(forever())
try:
    loop.run_until_complete(task)
except RuntimeError as error:
    print(error, loop.time())
task.cancel()
try:
    loop.run_until_complete(task)
except asyncio.CancelledError:
    print("cancelled", loop.time())
loop.close()
