#!/usr/bin/python3
"""bench_switch.py PROGRAM: task switches and timers of Python scripts, beside CPython's asyncio.

The same scripts run here, with trace and lines recorded, and under python3 on asyncio's own event
loop, whose selector moves a virtual clock instead of waiting.  Rounds alternate; each figure is the
median, start-up (the same script with no rounds) taken off.
"""
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5

# name: (script, tasks, rounds of each task); a script gets the last two as arguments.
WORKLOADS = {
    "switches": ("""
import asyncio, sys
tasks, rounds = map(int, sys.argv[1:])
async def worker():
    for _ in range(rounds):
        await asyncio.sleep(0)
async def main():
    await asyncio.gather(*(worker() for _ in range(tasks)))
asyncio.run(main())
""", 1000, 500),
    "timers": ("""
import asyncio, random, sys
tasks, rounds = map(int, sys.argv[1:])
async def worker():
    for _ in range(rounds):
        await asyncio.sleep(random.random())
async def main():
    await asyncio.gather(*(worker() for _ in range(tasks)))
asyncio.run(main())
""", 10000, 20),
}

PEER = """
import asyncio, runpy, selectors, sys
now = 0.0
class Selector(selectors.DefaultSelector):
    def select(self, timeout=None):
        global now
        now += timeout or 0
        return super().select(0)
class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__(Selector())
    def time(self):
        return now
asyncio.DefaultEventLoopPolicy._loop_factory = Loop
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def seconds(*command):
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - start


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        peer = pathlib.Path(folder) / "peer.py"
        peer.write_text(PEER)
        runners = {
            "awaitscope": [program, "run", "--max-events", "1000000000"],
            "asyncio": ["/usr/bin/python3", peer],
        }
        for name, (text, tasks, rounds) in WORKLOADS.items():
            script = pathlib.Path(folder) / f"{name}.py"
            script.write_text(text)
            taken = {runner: [] for runner in runners}
            for _ in range(ROUNDS):
                for runner, command in runners.items():
                    whole, start_up = (seconds(*command, script, str(tasks), str(n)) for n in (rounds, 0))
                    taken[runner].append(whole - start_up)
            rate = {r: tasks * rounds / statistics.median(s) / 1e6 for r, s in taken.items()}
            print(f"{name:9} {tasks:6} tasks x {rounds:3}   awaitscope {rate['awaitscope']:6.2f} M/s   "
                  f"asyncio {rate['asyncio']:6.3f} M/s   {rate['awaitscope'] / rate['asyncio']:5.1f} times")


if __name__ == "__main__":
    main()
