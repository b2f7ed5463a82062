"""get_running_loop outside a run; create_task without a loop; run within a run."""
import asyncio


async def nothing():
    return 1


try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)


async def main():
    coro = nothing()
    try:
        asyncio.run(coro)
    except RuntimeError as error:
        print(error)
    print(await coro)


asyncio.run(main())
try:
    asyncio.run(nothing)
except ValueError as error:
    print(type(error).__name__, "a coroutine was expected" in str(error))
