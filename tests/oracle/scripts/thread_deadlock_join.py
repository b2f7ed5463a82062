# The main thread waits for what never comes: a deadlock.
import concurrent.futures
import threading

print("before", flush=True)
thread = threading.Thread(target=print, args=("in the thread",))
thread.start()
concurrent.futures.Future().result()
