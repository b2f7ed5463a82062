# Two threads take two locks in different order.
import threading
import time

left, right = threading.Lock(), threading.Lock()


def first():
    with left:
        time.sleep(1)
        with right:
            print("never")


def second():
    with right:
        time.sleep(1)
        with left:
            print("never")


threads = [threading.Thread(target=function, name=function.__name__) for function in (first, second)]
for thread in threads:
    thread.start()
threads[0].join()
