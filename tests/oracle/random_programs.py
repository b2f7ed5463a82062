#!/usr/bin/python3
"""random_programs.py PROGRAM: random asyncio programs under real asyncio and under awaitscope.

Each seed is a program (see program.py), which must give the same stdout, exit code and virtual
end under both.  One that differs is shrunk to a small one, which is printed with the difference.
"""
import argparse
import concurrent.futures
import os
import shutil
import sys
import tempfile
import threading

import peers
import program
import shrink

MEMORY = "/dev/shm"


class Runner:
    def __init__(self, options):
        self.options = options
        self.local, self.all_peers = threading.local(), []
        self.folder = tempfile.mkdtemp(dir=MEMORY if os.path.isdir(MEMORY) else None)

    def close(self):
        for each in self.all_peers:
            each.close()
        shutil.rmtree(self.folder)

    def left_out(self):
        return sum(each.left_out for each in self.all_peers)

    def peers(self):
        if not hasattr(self.local, "peers"):
            folder = tempfile.mkdtemp(dir=self.folder)
            self.local.peers = peers.Peers(self.options.program, folder, self.options.stderr)
            self.all_peers.append(self.local.peers)
        return self.local.peers

    def run(self, seed):
        """The report of a seed's difference, as lines; none if there is no difference."""
        mine = self.peers()
        root = program.grow(seed, self.options.features)
        if not mine.difference(program.write(root)):
            return []
        left_out = mine.left_out
        if not self.options.whole:
            root = shrink.shrink(root, lambda smaller: mine.difference(program.write(smaller)))
        text = program.write(root)
        differs = mine.difference(text)
        mine.left_out = left_out  # of shrunk programs nobody asks
        rows = peers.describe(*differs) if differs else ["it does not differ every time"]
        if self.options.keep:
            os.makedirs(self.options.keep, exist_ok=True)
            with open(os.path.join(self.options.keep, f"seed{seed}.py"), "w", encoding="utf-8") as file:
                file.write(text)
        return [f"--- seed {seed} differs", program.write_core(root), *rows, ""]


def run_all(runner, seeds, most_failures):
    """How many seeds were run, and how many differ."""
    differing = done = 0
    with concurrent.futures.ThreadPoolExecutor(runner.options.jobs) as pool:
        for rows in pool.map(runner.run, seeds):
            done += 1
            if rows:
                differing += 1
                print(*rows, sep="\n", flush=True)
                if differing == most_failures:
                    pool.shutdown(wait=False, cancel_futures=True)
                    break
            elif done % 1000 == 0:
                print(f"{done} programs, {differing} differ", flush=True)
    return done, differing


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="awaitscope's path")
    parser.add_argument("--first", type=int, default=1, metavar="SEED")
    parser.add_argument("--count", type=int, default=500, metavar="N")
    names = ",".join(program.FEATURES)
    parser.add_argument("--features", default="", help=f"of: {names}; -NAME: all but these")
    parser.add_argument("--most-failures", type=int, default=10, metavar="N", help="stop after so many")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--stderr", action="store_true", help="compare what stderr says of the script, too")
    parser.add_argument("--whole", action="store_true", help="do not shrink")
    parser.add_argument("--keep", metavar="FOLDER", help="write the programs that differ there")
    parser.add_argument("--print", action="store_true", help="print the first program, and do nothing else")
    options = parser.parse_args(arguments)
    names = [name for name in options.features.split(",") if name]
    without = {name[1:] for name in names if name.startswith("-")}
    chosen = [name for name in names if not name.startswith("-")] or program.FEATURES
    if unknown := (without | set(chosen)) - set(program.FEATURES):
        parser.error(f"unknown features: {', '.join(sorted(unknown))}")
    options.features = [name for name in program.FEATURES if name in chosen and name not in without]
    return options


def main():
    options = parse(sys.argv[1:])
    if options.print:
        print(program.write(program.grow(options.first, options.features)))
        return 0
    runner = Runner(options)
    try:
        seeds = range(options.first, options.first + options.count)
        done, differing = run_all(runner, seeds, options.most_failures)
    finally:
        runner.close()
    left_out = runner.left_out()
    print(
        f"{done - differing - left_out} of {done} random programs are identical to asyncio from seed"
        f" {options.first}; {left_out} that asyncio itself leaves open differ"
    )
    return 1 if differing or not done else 0


if __name__ == "__main__":
    sys.exit(main())
