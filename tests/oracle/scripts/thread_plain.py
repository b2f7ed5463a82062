# threading.Thread: starts at once, joins, names, results through shared data, daemons.
import threading
import time


def worker(name, naps):
    for i in range(naps):
        print(f"{time.monotonic():.1f} {name} {i}")
        time.sleep(1)
    done.append(name)


done = []
threads = [threading.Thread(target=worker, args=(f"w{n}", n)) for n in range(4)]
for thread in threads:
    print("before", thread.name, thread.is_alive())
    thread.start()
    print("after", thread.name, thread.is_alive())
print(done)
threads[2].join()
print(f"{time.monotonic():.1f} joined 2", done)
threads[3].join(timeout=0.25)
print(f"{time.monotonic():.2f} gave up", threads[3].is_alive())
for thread in threads:
    thread.join()
print(f"{time.monotonic():.1f}", done)


class Own(threading.Thread):
    def run(self):
        print("own", self.name, threading.current_thread() is self)
        inner = threading.Thread(target=worker, args=("inner", 2), name="deep")
        inner.start()
        inner.join()
        print(f"{time.monotonic():.1f} joined inner")


own = Own(daemon=True)
own.start()
print(own.daemon)
time.sleep(0.5)
print(f"{time.monotonic():.1f} main")
own.join()
print(threading.current_thread().name, threading.main_thread().name)
threading.Thread(target=worker, args=("late", 3)).start()
print("main is over")
