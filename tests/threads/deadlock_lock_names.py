"""A lock is called as the thread that waits for it may call it."""
import threading


class Account:
    def __init__(self):
        self.lock = threading.Lock()


account, locks, by_name = Account(), [threading.Lock() for _ in range(2)], {"a": threading.RLock()}
barrier = threading.Barrier(4)


def attribute():
    with locks[1]:
        barrier.wait()
        account.lock.acquire()


def item():
    with by_name["a"]:
        barrier.wait()
        locks[1].acquire()


def entry():
    with account.lock:
        barrier.wait()
        by_name["a"].acquire()


def argument(own):
    barrier.wait()
    own.acquire()


threads = [threading.Thread(target=function, name=function.__name__) for function in (attribute, item, entry)]
threads.append(threading.Thread(target=argument, args=(locks[1],), name="argument"))
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
