"""time and datetime read the virtual clock."""
import asyncio
import datetime
import time


def show():
    print(time.time(), time.time_ns())
    print(time.monotonic(), time.perf_counter_ns(), time.monotonic_ns())
    print(time.process_time(), time.ctime(), time.strftime("%H:%M:%S"), time.localtime().tm_sec)
    print(datetime.datetime.now(), datetime.datetime.utcnow(), datetime.date.today())
    print(datetime.datetime.now(datetime.timezone.utc).isoformat())


async def main():
    show()
    await asyncio.sleep(1.5)
    show()
    time.sleep(3600 - 1.5)


show()
asyncio.run(main())
show()
