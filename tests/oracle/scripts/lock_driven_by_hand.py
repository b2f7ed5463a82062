"""The coroutines of a lock, driven with send, throw and close."""
import asyncio


def driven(text, function, *args):
    try:
        print(text, type(function(*args)).__name__)
    except StopIteration as end:
        print(text, "returned", end.value)
    except BaseException as error:
        print(text, repr(error))


async def main():
    lock = asyncio.Lock()
    driven("free", lock.acquire().send, None)
    waiting = lock.acquire()
    driven("taken", waiting.send, None)
    driven("again", waiting.send, None)
    driven("over", waiting.send, None)
    for way in ("close", "throw"):
        waiting = lock.acquire()
        driven("waits", waiting.send, None)
        print(len(lock._waiters), waiting.cr_suspended, waiting.__qualname__)
        driven(way, getattr(waiting, way), *([ValueError("thrown")] if way == "throw" else []))
        print(len(lock._waiters))
    dropped = lock.acquire()
    driven("dropped", dropped.send, None)
    del dropped
    print(len(lock._waiters))
    driven("before it began", asyncio.Queue().put([1]).throw, KeyError("k"))
    asyncio.Event().wait().close()


asyncio.run(main())
alone = asyncio.Lock()
driven("no loop", alone.acquire().send, None)
driven("no loop", alone.acquire().send, None)
