# title: A rate limiter
# about: Each call takes the next free moment, and sleeps until then.
import asyncio

EVERY = 0.8  # param: 0.2..2.0 step 0.2 s: the time from one call to the next


class Limiter:
    def __init__(self, every):
        self.every, self.next_free = every, 0.0

    async def turn(self):
        now = asyncio.get_running_loop().time()
        moment = max(now, self.next_free)
        # caption: This moment is taken; the next caller gets a later one.
        self.next_free = moment + self.every
        await asyncio.sleep(moment - now)


async def call(name, limiter):
    await limiter.turn()
    # caption: Its moment has come: no other call begins in the same one.
    print(f"{name}: calls")  # marker: a call
    await asyncio.sleep(0.5)
    print(f"{name}: has an answer")


async def main():
    limiter = Limiter(EVERY)
    calls = [call(name, limiter) for name in ("Ann", "Bob", "Cem", "Dan")]
    # caption: All four want to call at once; the limiter spreads them.
    await asyncio.gather(*calls)
    # caption: No two calls began less than EVERY seconds apart.
    print("all have called")  # marker: the end


asyncio.run(main())
