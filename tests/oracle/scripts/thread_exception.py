# Exceptions in threads are printed, and end only the thread.
import asyncio
import sys
import threading
import time


def bad(delay):
    time.sleep(delay)
    raise RuntimeError("bad")


def leave():
    sys.exit(3)


def hook(args):
    threading.__excepthook__(args)
    seen.append(f"{args.exc_type.__name__} {args.exc_value} {args.thread.name}")


def told():
    # A real thread's hook runs while others already go on: it is waited for.
    while not seen:
        pass
    return seen.pop()


seen = []
threading.excepthook = hook
thread = threading.Thread(target=bad, args=(1,))
thread.start()
thread.join()
print(time.monotonic(), thread.is_alive(), told())
threading.Thread(target=leave, name="leaving").start()
print(told())
thread = threading.Thread(target=bad, args=(0.5,), name="hooked")
thread.start()
print("started")
time.sleep(1)
print(told())


async def main():
    try:
        await asyncio.to_thread(bad, 2)
    except RuntimeError as error:
        print("caught", error, time.monotonic())
    loop = asyncio.get_running_loop()
    try:
        await loop.run_in_executor(None, leave)
    except SystemExit as error:
        print("exit", error.code)


asyncio.run(main())
bad(0)
