"""A bounded semaphore is not released too often; a plain one does not mind."""
import asyncio


async def main():
    plain, bounded = asyncio.Semaphore(), asyncio.BoundedSemaphore(2)
    plain.release()
    print(await plain.acquire(), await plain.acquire(), plain.locked())
    async with bounded:
        print(bounded.locked(), str(bounded).split("[")[1])
    try:
        bounded.release()
    except ValueError as error:
        print(error)
    for kind in asyncio.Semaphore, asyncio.BoundedSemaphore:
        try:
            kind(-1)
        except ValueError as error:
            print(error)
    zero = asyncio.Semaphore(0)
    asyncio.get_running_loop().call_later(1, zero.release)
    await zero.acquire()
    print(asyncio.get_running_loop().time())


asyncio.run(main())
