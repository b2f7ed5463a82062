#!/usr/bin/python3
"""run.py PROGRAM [--all] [--verbose] [--module NAME]: CPython's own tests of asyncio on ours.

Each method of the test modules that need no input or output runs twice: under python3, and under
`PROGRAM run` with our module as `asyncio`.  Counted are the methods that pass under python3; which
of them use private names of CPython's implementation says classify.py.  A method that fails here
must stand in excluded.txt, with its reason; one that stands there and passes is an error too.
Without --all only the methods without private names decide the exit code.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3"
DRIVER = str(HERE / "driver.py")
ASYNCIO = "tasks futures locks queues taskgroups timeouts waitfor runners threads pep492".split()
MODULES = [f"test.test_asyncio.test_{name}" for name in ASYNCIO] + ["test.test_context"]
MARK = "\x02"
WANTED_PUBLIC, WANTED_ALL = 0.97, 0.80
REAL_LIMIT_S = 250
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}


def marks(output):
    for line in output.split("\n"):
        if line.startswith(MARK):
            yield line[1:].split("\t")


def run_module(command, module):
    """{method: (outcome, why)} of a module; behind a method that ends the run the rest has another."""
    outcomes, last = {}, None
    while True:
        done = subprocess.run(
            [*command, DRIVER, module, *(["--after", last] if last else [])],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env=ENVIRONMENT,
            timeout=REAL_LIMIT_S,
            encoding="utf-8",
            errors="replace",
        )
        said = (done.stderr.strip().splitlines() or [""])[-1]
        ended = "failed", f"it ended the run, exit code {done.returncode}: {said}"
        before = last
        for kind, *words in marks(done.stdout):
            if kind == "over":
                return outcomes
            last = words[0]
            outcomes[last] = tuple(words[1:]) if kind == "end" else ended
        if last == before:
            outcomes[module] = ended
            return outcomes


def read_excluded():
    reasons = {}
    for line in (HERE / "excluded.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            method, reason = line.split(None, 1)
            reasons[method] = reason
    return reasons


def short(method):
    return method.removeprefix("test.").removeprefix("test_asyncio.")


def measure(program, modules):
    """(outcomes under python3, outcomes under ours, private uses)."""
    ours_command = [program, "run", "--max-time=100000000", "--max-events=3000000", "--max-real=200"]
    with concurrent.futures.ThreadPoolExecutor(2 * len(modules) + 1) as pool:
        uses = pool.submit(
            subprocess.run,
            [PYTHON, str(HERE / "classify.py"), *modules],
            stdout=subprocess.PIPE,
            check=True,
            env=ENVIRONMENT,
        )
        ours = [pool.submit(run_module, ours_command, module) for module in modules]
        real = [pool.submit(run_module, [PYTHON], module) for module in modules]
        merged = [{k: v for job in jobs for k, v in job.result().items()} for jobs in (real, ours)]
        return *merged, json.loads(uses.result().stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--all", action="store_true", help="private names decide too")
    parser.add_argument("--verbose", action="store_true", help="also what is excluded")
    parser.add_argument("--module", help="only this one, as test_locks")
    options = parser.parse_args()
    modules = [m for m in MODULES if not options.module or m.endswith("." + options.module)]
    real, ours, uses = measure(options.program, modules)
    excluded = read_excluded()
    counted = [m for m, (outcome, _) in real.items() if outcome == "passed"]
    errors, totals = [], {}
    for method in counted:
        outcome, why = ours.get(method, ("missing", ours.get(method.rsplit(".", 2)[0], ("", ""))[1]))
        private, name = uses[method], short(method)
        for group in ("all",) if private else ("all", "public"):
            passed, of = totals.get(group, (0, 0))
            totals[group] = passed + (outcome == "passed"), of + 1
        stands = name in excluded
        if (outcome == "passed") == stands and (options.all or not private):
            errors.append(f"{name}: stands in excluded.txt, but passes" if stands else
                          f"{name}: {outcome}: {why}" + (f" (uses {private})" if private else ""))
        elif options.verbose and stands:
            print(f"excluded: {name}: {excluded[name]}")
    for error in errors:
        print(error)
    for group, wanted in ("public", WANTED_PUBLIC), ("all", WANTED_ALL):
        passed, of = totals.get(group, (0, 0))
        kind = "without private names" if group == "public" else "in all"
        print(f"methods {kind}: {passed} of {of} pass ({100 * passed / max(of, 1):.1f} %)")
        if not options.module and passed < wanted * of:
            errors.append(group)
            print(f"that is less than {100 * wanted:.0f} %")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
