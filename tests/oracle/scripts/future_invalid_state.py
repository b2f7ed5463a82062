"""InvalidStateError and its messages."""
import asyncio


def attempt(label, call, *args):
    try:
        print(label, call(*args))
    except asyncio.InvalidStateError as error:
        print(label, "InvalidStateError:", error)
    except (Exception, asyncio.CancelledError) as error:
        print(label, type(error).__name__, error)


async def main():
    loop = asyncio.get_running_loop()
    pending, done, failed, cancelled = (loop.create_future() for _ in range(4))
    done.set_result(3)
    failed.set_exception(OSError("broken"))
    cancelled.cancel("reason")
    names = "pending", "done", "failed", "cancelled"
    for name, future in zip(names, (pending, done, failed, cancelled)):
        attempt(name + ".result", future.result)
        attempt(name + ".exception", future.exception)
        attempt(name + ".cancelled", future.cancelled)
        if name != "pending":
            attempt(name + ".set_result", future.set_result, 1)
            attempt(name + ".set_exception", future.set_exception, ValueError())
            attempt(name + ".cancel", future.cancel)


asyncio.run(main())
