# A lock is taken twice.
import threading


def again():
    lock.acquire()


lock = threading.Lock()
with lock:
    print("once")
    again()
