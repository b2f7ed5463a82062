# The script is over, but a thread of its own is not.
import threading

event = threading.Event()
threading.Thread(target=event.wait, name="daemon", daemon=True).start()
threading.Thread(target=event.wait, name="other").start()
print("over")
