"""What asyncio shows of itself, and its submodules for sockets, processes and ciphers, which can be imported."""
import asyncio
import asyncio.base_subprocess
import asyncio.selector_events
import asyncio.sslproto
import logging
import re
from asyncio.selector_events import BaseSelectorEventLoop

names = [name for name in dir(asyncio) if not name.startswith("__")]
print(names)
print([name for name in names if not hasattr(asyncio, name)], asyncio.iscoroutinefunction(asyncio))

import asyncio.proactor_events  # CPython has it, too, but does not import it itself

print(issubclass(asyncio.SelectorEventLoop, BaseSelectorEventLoop), hasattr(asyncio, "BaseSelectorEventLoop"))
print(asyncio.sslproto.SSLProtocol.__name__, asyncio.base_subprocess.BaseSubprocessTransport.__name__)
for name in "windows_events", "windows_utils", "nonsense":
    try:
        __import__("asyncio." + name)
    except ImportError:
        print("no", name)


class Handler(logging.Handler):
    def emit(self, record):
        message = re.sub(r"\w*Selector$", "that of the system", record.getMessage())
        print(record.name, record.levelname, message)


async def main():
    print("main")


logging.basicConfig(level=logging.DEBUG, handlers=[Handler()])
asyncio.run(main())
asyncio.new_event_loop().close()
logging.getLogger().setLevel(logging.INFO)
asyncio.run(main())
