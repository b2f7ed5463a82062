"""A script without asyncio still runs, on the virtual clock."""
import time

start = time.time()
for i in range(3):
    time.sleep(0.5)
    print(i, time.time() - start)
