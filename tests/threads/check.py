#!/usr/bin/python3
"""check.py PROGRAM: threads that wait for each other, against what was written down by hand.

For each script beside this file, the .txt holds its stdout, what awaitscope says of a deadlock or a
budget, and how the run ended; a comment "options:" is for awaitscope.  (Real asyncio on a virtual clock has no answer here: its locks are real.)
"""
import difflib
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
REPORT = re.compile(r"^awaitscope: .*?(?=^virtual_end=)", re.M | re.S)
OPTIONS = re.compile(r"^# options: (.*)$", re.M)
END = re.compile(r"^virtual_end=([\d.]+)$", re.M)


def outcome(program, script):
    options = OPTIONS.search(script.read_text())
    command = [program, "run", "--summary", *(options[1].split() if options else []), script]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    report, end = REPORT.search(done.stderr), END.search(done.stderr)
    said = report[0] if report else "" if done.returncode == 0 else done.stderr
    ended = f"exit {done.returncode} at {end[1] if end else 'no time'}"
    return f"{done.stdout}{said.replace(f'{HERE}/', '')}{ended}\n"


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    differing = 0
    for script in sorted(HERE.glob("*.py")):
        if script.name == pathlib.Path(__file__).name:
            continue
        expected = script.with_suffix(".txt").read_text().splitlines()
        actual = outcome(program, script).splitlines()
        rows = list(difflib.unified_diff(expected, actual, f"{script.stem}: expected", "awaitscope", lineterm=""))
        print(*rows, sep="\n", end="\n" if rows else "")
        differing += bool(rows)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
