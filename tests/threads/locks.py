# Lock, RLock, Semaphore: whoever waits longest is next.
import threading
import time


def say(*words):
    print(f"{time.monotonic():.2f}", threading.current_thread().name, *words)


def run(function, *names):
    threads = [threading.Thread(target=function, name=name) for name in names]
    for thread in threads:
        thread.start()
    return threads


def join(threads):
    for thread in threads:
        thread.join()


def holder():
    for _ in range(2):
        with lock:
            say("has it")
            time.sleep(1)


lock = threading.Lock()
holders = run(holder, "a", "b", "c")
say(lock.acquire(timeout=0.5), lock.acquire(blocking=False), lock.locked())
with lock:
    say("has it")
join(holders)
try:
    lock.release()
except RuntimeError as error:
    say(error)


def deep(levels=3):
    with reentrant:
        if levels:
            deep(levels - 1)
        else:
            time.sleep(0.5)
            say("is deep")


reentrant = threading.RLock()
join(run(deep, "d", "e"))
try:
    reentrant.release()
except RuntimeError as error:
    say(error)


def limited():
    with semaphore:
        say("enters")
        time.sleep(1)


semaphore = threading.BoundedSemaphore(2)
join(run(limited, "f", "g", "h", "i", "j"))
say("over")
