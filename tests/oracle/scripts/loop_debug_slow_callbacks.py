"""Debug mode reports callbacks that block the loop, by virtual time."""
import asyncio
import logging
import time

logging.basicConfig(format="%(levelname)s %(message).60s", level=logging.WARNING)


class ToStdout(logging.Handler):
    def emit(self, record):
        print(record.levelname, record.getMessage().split(" ")[0], record.getMessage().split(" took ")[-1])


logging.getLogger("asyncio").addHandler(ToStdout())
logging.getLogger("asyncio").propagate = False


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_debug(), loop.slow_callback_duration)
    time.sleep(0.5)
    await asyncio.sleep(0)
    time.sleep(0.05)
    await asyncio.sleep(0)
    loop.slow_callback_duration = 0.01
    time.sleep(0.05)
    await asyncio.sleep(0)


asyncio.run(main(), debug=True)
