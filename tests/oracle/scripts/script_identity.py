"""__name__, __file__, sys.argv and sys.path as python3 sets them."""
import os
import sys

print(__name__, os.path.basename(__file__), len(sys.argv), os.path.basename(sys.argv[0]))
print(os.path.basename(sys.path[0]), __doc__[:8], __builtins__ is not None)
print(sys.modules["__main__"].__dict__ is globals())
