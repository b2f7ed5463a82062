"""gather, wait, wait_for and shield tell a future of a class of one's own that it is waited for."""
import asyncio


class Told(asyncio.Future):
    refuses = False

    def add_done_callback(self, function, *, context=None):
        print("  told", callable(function))
        if self.refuses:
            raise RuntimeError("no callbacks, please")
        super().add_done_callback(function, context=context)


class ToldTask(asyncio.Task):
    def add_done_callback(self, function, *, context=None):
        print("  task told", callable(function))
        super().add_done_callback(function, context=context)


async def pause(value):
    await asyncio.sleep(1)
    return value


async def main():
    loop = asyncio.get_running_loop()

    def make(delay=1):
        future = Told()
        loop.call_later(delay, future.set_result, delay)
        return future

    print("gather")
    future, task = make(), ToldTask(pause("p"), loop=loop)
    print(await asyncio.gather(future, task, future, pause("q")))
    print("gather, done")
    print(await asyncio.gather(future, task))
    print("wait")
    done, pending = await asyncio.wait([make(2), make(3)], return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending))
    print("wait_for")
    print(await asyncio.wait_for(make(2), 5))
    print(await asyncio.wait_for(make(2), None))
    print("shield")
    print(await asyncio.shield(make(2)))
    print(await asyncio.shield(future))
    print("refused")
    Told.refuses = True
    for call in (
        lambda: asyncio.wait([make()]),
        lambda: asyncio.wait_for(make(), 5),
    ):
        try:
            await call()
        except RuntimeError as error:
            print(error)
    for call in asyncio.shield, asyncio.gather:
        try:
            call(make())
        except RuntimeError as error:
            print(error)
    await asyncio.sleep(3)


asyncio.run(main())
