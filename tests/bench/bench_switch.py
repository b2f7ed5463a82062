#!/usr/bin/python3
"""bench_switch.py PROGRAM: how fast scripts run, recorded, against CPython's asyncio.

switches: 1,000 tasks, each 1,000 times sleep(0).  The peer is `python3 SCRIPT`, its own loop.
timers: 10,000 tasks, each 20 random sleeps.  The peer is asyncio on the oracle's virtual clock.
Both run the same file in turns; what counts is the median time less that of an empty script.
"""
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
ORACLE = pathlib.Path(__file__).resolve().parents[1] / "oracle" / "oracle.py"
PYTHON = "/usr/bin/python3"
SWITCHES = """
import asyncio
async def work():
    for _ in range(1000):
        await asyncio.sleep(0)
async def main():
    await asyncio.gather(*[work() for _ in range(1000)])
asyncio.run(main())
"""
TIMERS = """
import asyncio, random
async def work():
    for _ in range(20):
        await asyncio.sleep(random.random() * 10)
async def main():
    await asyncio.gather(*[work() for _ in range(10000)])
asyncio.run(main())
"""
EMPTY = "import asyncio, random\n"


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def medians(script, empty, *commands):
    """Each command's median time for the script, less what it needs for the empty one."""
    times = [[] for _ in commands]
    for _ in range(ROUNDS):
        for command, taken in zip(commands, times):
            taken.append(seconds([*command, script]) - seconds([*command, empty]))
    return [statistics.median(taken) for taken in times]


def main():
    ours = [sys.argv[1], "run"]
    workloads = (
        ("switches", SWITCHES, 1_000_000, [PYTHON], "python3"),
        ("timers", TIMERS, 200_000, [PYTHON, str(ORACLE)], "asyncio on a virtual clock"),
    )
    with tempfile.TemporaryDirectory() as folder:
        empty = pathlib.Path(folder) / "empty.py"
        empty.write_text(EMPTY)
        for name, text, events, peer, peer_name in workloads:
            script = pathlib.Path(folder) / f"{name}.py"
            script.write_text(text)
            mine, theirs = medians(script, empty, ours, peer)
            print(f"{name:9} awaitscope {events / mine / 1e6:6.2f} M/s   "
                  f"{peer_name} {events / theirs / 1e6:6.2f} M/s   ratio {theirs / mine:.1f}")


main()
