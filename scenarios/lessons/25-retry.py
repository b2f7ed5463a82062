# title: Try again, but not at once
# about: Wait twice as long after each failure, and a random bit more, so that not all come at once.
import asyncio
import random

FAILURES = 2  # param: 0..4 step 1: how often the server refuses a client


async def request(client, attempt):
    await asyncio.sleep(0.3)
    if attempt <= FAILURES:
        raise ConnectionError("busy")
    return "welcome"


async def fetch(client, chance):
    for attempt in range(1, 5):
        try:
            answer = await request(client, attempt)
            # caption: The server has let this client in.
            return print(f"{client}: {answer}")  # marker: served
        except ConnectionError as error:
            if attempt == 4:
                return print(f"{client}: {error}, gives up")
            # caption: Wait 0.5 s, 1 s, 2 s: doubled each time, and up to that much again by chance.
            pause = round(0.5 * 2 ** (attempt - 1) * (1 + chance.random()), 2)
            print(f"{client}: {error}, again in {pause} s")
            await asyncio.sleep(pause)


async def main():
    clients = [fetch(name, random.Random(name)) for name in ("Dan", "Fay", "Una")]
    # caption: All come at the same time, and get their first answers together.
    await asyncio.gather(*clients)
    # caption: Whoever had to come again came at a moment of its own.
    print("all have had an answer")  # marker: the end


asyncio.run(main())
