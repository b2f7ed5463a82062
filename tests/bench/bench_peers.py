#!/usr/bin/python3
"""bench_peers.py SIM_RATES AWAITSCOPE FOLDER: the scheduler beside others, on the same workloads.

In C: ours (with the trace recorded, and without), tokio on its paused clock, built in FOLDER, and
libuv, both from Debian; one that is not installed is skipped and named.  In Python: awaitscope, with
trace and lines recorded, and CPython's asyncio on a virtual clock.  All take turns; what counts is
each one's best round.  A program tells of its events, seconds, rate and peak memory in one form; for
a script, seconds are those of its process less those of a script without tasks.
"""
import argparse
import glob
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

PEERS = pathlib.Path(__file__).resolve().parent / "peers"
PYTHON = "/usr/bin/python3"
FIGURES = re.compile(r"(\d+) events +([\d.]+) s +[\d.]+ M/s +([\d.]+) MB")
C_WORKLOADS = (  # name, tasks, rounds
    ("yield", 1_000, 10_000),
    ("timers", 10_000, 100),
    ("timers", 1_000_000, 3),
    ("gather", 1_000_000, 1),
    ("queue", 1, 10_000_000),
    ("wait_for", 100_000, 1),
)
SCRIPT_WORKLOADS = (
    ("yield", 1_000, 1_000),
    ("timers", 10_000, 20),
    ("timers", 100_000, 3),
    ("gather", 100_000, 1),
    ("queue", 1, 1_000_000),
    ("wait_for", 20_000, 1),
)
FLAT_TASKS = (1_000, 10_000, 100_000, 1_000_000)
NOTHING = ("nothing", 0, 0)
FEW = 1_000
NO_BUDGET = ["--max-events", "1000000000", "--max-real", "600"]
LIBUV_HAS = {"yield", "timers", "gather", "wait_for"}


class Figures:
    """One run: its events, seconds, and peak memory in MB."""

    def __init__(self, events, seconds, peak_mb):
        self.events, self.seconds, self.peak_mb = events, seconds, peak_mb

    def rate(self):
        return self.events / max(self.seconds, 1e-6) / 1e6

    def __str__(self):
        return f"{self.events:12d} events {self.seconds:9.4f} s {self.rate():9.3f} M/s {self.peak_mb:9.1f} MB"


def build_tokio(folder):
    if not os.access("/usr/bin/cargo", os.X_OK) or not glob.glob("/usr/share/cargo/registry/tokio-1.*"):
        return None
    source = folder / "tokio"
    shutil.copytree(PEERS / "tokio", source, dirs_exist_ok=True)
    debian = ['source.crates-io.replace-with="debian"', 'source.debian.directory="/usr/share/cargo/registry"']
    subprocess.run(
        ["/usr/bin/cargo", "build", "--release", "--offline", "--quiet", "--config", debian[0], "--config", debian[1]],
        cwd=source, check=True, env={**os.environ, "RUSTC": "/usr/bin/rustc"},
    )
    return [source / "target/release/peer_tokio"]


def run_program(command, workload):
    arguments = [*map(str, command), *map(str, workload)]
    if arguments[1:2] == ["--no-trace"]:
        arguments.append(arguments.pop(1))
    said = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
    found = FIGURES.search(said)
    return Figures(int(found[1]), float(found[2]), float(found[3]))


def run_script(command, workload):
    start = time.perf_counter()
    script = subprocess.Popen([*command, PEERS / "workloads.py", *map(str, workload)], stdout=subprocess.PIPE)
    events = script.stdout.read()
    _, status, usage = os.wait4(script.pid, 0)
    seconds = time.perf_counter() - start
    script.returncode = os.waitstatus_to_exitcode(status)
    if script.returncode != 0:
        sys.exit(f"{command} {workload}: exit code {script.returncode}")
    return Figures(int(events), seconds, usage.ru_maxrss / 1024)


class Field:
    """Peers that take turns, and the best that each did in each workload."""

    def __init__(self, run, peers, workloads):
        self.run, self.peers, self.workloads, self.best = run, peers, workloads, {}

    def go_round(self):
        for workload in self.workloads:
            for name, (command, has) in self.peers.items():
                if not has or workload[0] in has:
                    self.try_one(name, command, workload)

    def try_one(self, name, command, workload):
        done = self.run(command, workload)
        expected = math.prod(workload[1:])
        if done.events != expected:
            sys.exit(f"{name} {workload}: {done.events} events instead of {expected}")
        size = " x ".join(map(str, workload[1:]))
        print(f"{name:10} {workload[0]:8} {size:20} {done}", flush=True)
        known = self.best.get((name, workload))
        if not known or done.seconds < known.seconds:
            self.best[name, workload] = done

    def without_start_up(self):
        """Takes from each script's time that of the script without tasks."""
        for name in self.peers:
            nothing = self.best[name, NOTHING].seconds
            for workload in self.workloads[1:]:
                self.best[name, workload].seconds -= nothing

    def rate(self, name, workload):
        figures = self.best.get((name, workload))
        return figures.rate() if figures else None

    def table(self, title, ratios):
        names = list(self.peers)
        heads = [*names, *(f"{one}:{other}" for one, other in ratios)]
        print(f"\n{title:30}" + "".join(f"{head:>20}" for head in heads))
        for workload in self.workloads:
            if workload == NOTHING or workload[0] == "gather" and workload[1] == FEW:
                continue
            row = [self.rate(name, workload) for name in names]
            for pair in ratios:
                one, other = (self.rate(name, workload) for name in pair)
                row.append(one / other if one and other else None)
            label = f"{workload[0]} {workload[1]:,} x {workload[2]:,}"
            print(f"{label:30}" + "".join(f"{'-':>20}" if each is None else f"{each:20.2f}" for each in row))


def print_bytes_a_task(field, workload, few):
    """What each task more needs of memory, by the peaks of two gathers."""
    print("\nbytes a sleeping task" + " " * 9, end="")
    for name in field.peers:
        if name == "traced":  # the trace is no task's memory
            print(" " * 20, end="")
            continue
        more = field.best[name, workload].peak_mb - field.best[name, few].peak_mb
        print(f"{more * 2**20 / (workload[1] - few[1]):20.0f}", end="")
    print()


def print_flatness(sim_rates, rounds):
    """The same work, a million tasks of three rounds each, with so many of them alive at once."""
    loads = {(name, tasks): (name, tasks, 3, FLAT_TASKS[-1] // tasks)
             for name in ("yield", "timers") for tasks in FLAT_TASKS}
    field = Field(run_program, {"traced": ([sim_rates], None), "untraced": ([sim_rates, "--no-trace"], None)},
                  list(loads.values()))
    for _ in range(rounds):
        field.go_round()
    print("\nns an event, by tasks at once" + " " + "".join(f"{tasks:12,}" for tasks in FLAT_TASKS) + "       most:least")
    for kind in ("yield", "timers"):
        for name in field.peers:
            costs = [1e3 / field.rate(name, loads[kind, tasks]) for tasks in FLAT_TASKS]
            print(f"{kind + ', ' + name:30}" + "".join(f"{cost:12.0f}" for cost in costs)
                  + f"{max(costs) / min(costs):17.1f}")


def smaller(workloads):
    return [(name, max(tasks // 100, 1), max(rounds // 100, 1)) for name, tasks, rounds in workloads]


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sim_rates")
    parser.add_argument("awaitscope")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--libuv", type=lambda path: [path], metavar="PEER_LIBUV")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--only", choices=("programs", "scripts"))
    parser.add_argument("--full", action="store_true", help="scripts as large as programs: takes long")
    parser.add_argument("--quick", action="store_true", help="small, once: only that all run and count right")
    return parser.parse_args()


def bench_programs(options):
    peers = {"traced": ([options.sim_rates], None), "untraced": ([options.sim_rates, "--no-trace"], None)}
    for name, command, has in ("tokio", build_tokio(options.folder), None), ("libuv", options.libuv, LIBUV_HAS):
        if command:
            peers[name] = (command, has)
        else:
            print(f"{name} is not installed: skipped")
    workloads = smaller(C_WORKLOADS) if options.quick else C_WORKLOADS
    few = ("gather", FEW, 1)
    field = Field(run_program, peers, [*workloads, few])
    for _ in range(options.rounds):
        field.go_round()
    if not options.quick:
        field.table("in C, M events/s", [("traced", name) for name in peers if name in ("tokio", "libuv")])
        print_bytes_a_task(field, next(each for each in workloads if each[0] == "gather"), few)
        print_flatness(options.sim_rates, options.rounds)


def bench_scripts(options):
    peers = {
        "awaitscope": ([options.awaitscope, "run", *NO_BUDGET], None),
        "asyncio": ([PYTHON, PEERS / "virtual_asyncio.py"], None),
    }
    workloads = C_WORKLOADS if options.full else SCRIPT_WORKLOADS
    field = Field(run_script, peers, [NOTHING, *(smaller(workloads) if options.quick else workloads)])
    for _ in range(options.rounds):
        field.go_round()
    if not options.quick:
        field.without_start_up()
        field.table("in Python, M events/s", [("awaitscope", "asyncio")])


def main():
    options = parse()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.quick:
        options.rounds = 1
    if options.only != "scripts":
        bench_programs(options)
    if options.only != "programs":
        bench_scripts(options)


main()
