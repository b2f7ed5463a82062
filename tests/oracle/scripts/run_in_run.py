"""run() within a run, and wrong arguments."""
import asyncio


async def main():
    coro = asyncio.sleep(0)
    try:
        asyncio.run(coro)
    except RuntimeError as error:
        print(error)
        coro.close()
    loop = asyncio.new_event_loop()
    future = loop.create_future()
    try:
        loop.run_until_complete(future)
    except RuntimeError as error:
        print(error)
    loop.close()
    return "end"


print(asyncio.run(main()))
for wrong in main, 42, None:
    try:
        asyncio.run(wrong)
    except ValueError as error:
        print(str(error).split("got")[0])
