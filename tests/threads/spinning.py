# A thread that never pauses is ended like any script, and what was printed comes out.
# options: --max-real 1
import threading
import time


def spin():
    time.sleep(1)
    while True: pass  # on one line, so that no events are recorded: only real time ends it


print("before")
threading.Thread(target=spin).start()
time.sleep(2)
