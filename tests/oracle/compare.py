#!/usr/bin/python3
"""compare.py PROGRAM [SCRIPT...]: the same scripts under real asyncio and under awaitscope.

Every lesson and every script beside this file (or those given) runs twice: under oracle.py, which is
CPython's asyncio on a virtual clock (under oracle_costs.py where lines compute), and under
`PROGRAM run --summary`.  They must give the same stdout, byte for byte, the same exit code and the
same virtual end; where the exit code is 1, what stderr says must be the same too, apart from the
stack frames of either machinery.
"""
import concurrent.futures
import difflib
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
LESSONS = HERE.parents[1] / "scenarios" / "lessons"
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
REAL_LIMIT_S = 120
END = re.compile(r"^virtual_end=([\d.]+)$", re.M)  # what follows the script's own stderr, in both
FRAME = re.compile(r'  File "(.*)", line \d+')


def run(command):
    """(exit code, stdout, the script's own stderr, virtual end) of one run."""
    done = subprocess.run(
        command, capture_output=True, stdin=subprocess.DEVNULL, env=ENVIRONMENT, timeout=REAL_LIMIT_S
    )
    stderr = done.stderr.decode(errors="replace")
    end = END.search(stderr)
    if not end:
        return done.returncode, done.stdout, stderr, "no virtual end reported"
    return done.returncode, done.stdout, stderr[: end.start()], end[1]


def own_lines(stderr, folder):
    """stderr without the frames of files elsewhere, and without traceback headers."""
    lines, kept = [], True
    for line in stderr.splitlines():
        if frame := FRAME.match(line):
            kept = frame[1].startswith(str(folder))
        elif not line.startswith("    "):
            kept = not line.startswith("Traceback ")
        if kept:
            lines.append(line)
    return lines


def text_lines(output):
    return output.decode(errors="backslashreplace").splitlines()


def diff(what, expected, actual):
    names = f"{what}: asyncio", f"{what}: awaitscope"
    rows = list(difflib.unified_diff(expected, actual, *names, lineterm=""))
    return rows[:60] + [f"... {len(rows) - 60} more lines"] if len(rows) > 60 else rows


def compare(program, script):
    """The differences between both runs of a script, as lines; none if they are identical."""
    try:
        oracle = "oracle_costs.py" if "# cost: " in script.read_text() else "oracle.py"
        expected = run([sys.executable, HERE / oracle, script])
        actual = run([program, "run", "--summary", script])
    except subprocess.TimeoutExpired as late:
        return [f"no end after {late.timeout} s: {late.cmd[0]}"]
    rows = []
    if expected[1] != actual[1]:
        rows += diff("stdout", *(text_lines(out) for out in (expected[1], actual[1])))
        rows = rows or ["stdout differs in its bytes, not in its lines"]
    if expected[0] == 1:
        rows += diff("stderr", *(own_lines(err, script.parent) for err in (expected[2], actual[2])))
    for what, i in ("exit code", 0), ("virtual end", 3):
        if expected[i] != actual[i]:
            rows.append(f"{what}: asyncio {expected[i]}, awaitscope {actual[i]}")
    if rows and expected[0] != actual[0]:
        rows += ["awaitscope's stderr:", *actual[2].splitlines()[-20:]]
    return rows


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, *given = sys.argv[1:]
    scripts = [pathlib.Path(g).resolve() for g in given]
    scripts = scripts or sorted(LESSONS.glob("*.py")) + sorted((HERE / "scripts").glob("*.py"))
    differing = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for script, rows in zip(scripts, pool.map(lambda s: compare(program, s), scripts)):
            if rows:
                differing += 1
                print(f"--- {script.name} differs", *rows, "", sep="\n")
    print(f"{len(scripts) - differing} of {len(scripts)} scripts are identical to asyncio")
    return 1 if differing or not scripts else 0


if __name__ == "__main__":
    sys.exit(main())
