"""The thresholds of the collector of cycles are CPython's, until the script sets its own."""
import gc

print(gc.get_threshold())
gc.set_threshold(500)
print(gc.get_threshold())
gc.set_threshold(800, 5, 3)
print(gc.get_threshold())
try:
    gc.set_threshold("often")
except TypeError:
    print("TypeError")
