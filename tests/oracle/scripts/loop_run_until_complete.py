"""The old way: a loop by hand."""
import asyncio


async def work():
    await asyncio.sleep(1)
    return "done"


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(loop.run_until_complete(work()), loop.time())
future = loop.create_future()
loop.call_later(2, future.set_result, "later")
print(loop.run_until_complete(future), loop.time())
print(loop.run_until_complete(asyncio.gather(work(), work(), return_exceptions=True)))
print(loop.is_running(), loop.is_closed())
loop.close()
try:
    loop.call_soon(print)
except RuntimeError as error:
    print(error)
