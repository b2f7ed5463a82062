"""Timeouts within timeouts, with every order of limits."""
import asyncio


async def nested(outer, inner, delay):
    loop = asyncio.get_running_loop()
    start = loop.time()
    try:
        async with asyncio.timeout(outer) as a:
            try:
                async with asyncio.timeout(inner) as b:
                    await asyncio.sleep(delay)
            except TimeoutError:
                print("  inner", loop.time() - start)
                await asyncio.sleep(1)
    except TimeoutError:
        print("  outer", loop.time() - start)
    print(outer, inner, delay, a.expired(), b.expired(), asyncio.current_task().cancelling())


async def main():
    for times in (1, 2, 3), (2, 1, 3), (3, 1, 5), (1, 1, 5), (3, 2, 1):
        await nested(*times)


asyncio.run(main())
