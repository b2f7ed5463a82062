"""Runs one random program under real asyncio and under awaitscope, many times in a row."""
import difflib
import os
import pathlib
import re
import subprocess
import sys

import compare

SERVER = pathlib.Path(__file__).resolve().with_name("oracle_server.py")
ENVIRONMENT = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
REAL_LIMIT_S = 60
END = re.compile(rb"^virtual_end=([\d.]+)$", re.M)  # what follows the script's own stderr, in both


def told(stderr, folder):
    """What stderr says of the script itself, as lines.

    Frames of either machinery, the places of its warnings, addresses and its last word go.
    """
    stderr = re.split(r"^(?:oracle|awaitscope): ", re.sub("x[0-9a-f]{6,}", "x", stderr), flags=re.M)[0]
    stderr = re.sub(r"^\S+:\d+: (\w*Warning: .*\n)(  \S.*\n)?", r"\1", stderr, flags=re.M)
    stderr = re.sub(r"^ +\| ", "", stderr, flags=re.M)  # within the traceback of a group
    return [line for line in compare.own_lines(stderr, folder) if line.strip(" ^~|")]


class Run:
    """How one run ended: the exit code, the virtual end, stdout and the script's own stderr."""

    def __init__(self, code, stdout, stderr, folder):
        end = END.search(stderr)
        self.code, self.end = code, end[1].decode() if end else "none reported"
        self.stdout = stdout.decode(errors="backslashreplace")
        self.stderr = (stderr[: end.start()] if end else stderr).decode(errors="backslashreplace")
        self.told = told(self.stderr, folder)

    def crashed(self):
        return self.code == "none" or self.code >= 128

    def same(self, other, with_stderr):
        """Whether both ended alike."""
        if (self.code, self.end, self.stdout) != (other.code, other.end, other.stdout):
            return False
        return not with_stderr or sorted(self.told) == sorted(other.told)


class Peers:
    """Both programs, and a file for the script; to be used by one thread at a time."""

    def __init__(self, program, folder, with_stderr=False):
        self.program, self.folder = program, folder
        self.script = os.path.join(folder, "program.py")
        self.with_stderr = with_stderr
        self.server, self.left_out = None, 0

    def close(self):
        if self.server:
            self.server.stdin.close()
            self.server.wait()
            self.server = None

    def oracle(self, order="forward"):
        if not self.server:
            self.server = subprocess.Popen(
                [sys.executable, "-B", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                env=ENVIRONMENT, text=True,
            )
        self.server.stdin.write(f"{order} {self.script}\n")
        self.server.stdin.flush()
        code = self.server.stdout.readline()
        if not code:
            sys.exit("the oracle's server ended")
        outputs = [pathlib.Path(self.script + suffix).read_bytes() for suffix in (".out", ".err")]
        return Run(int(code), *outputs, self.folder)

    def awaitscope(self):
        command = [self.program, "run", "--summary", self.script]
        try:
            done = subprocess.run(
                command, capture_output=True, stdin=subprocess.DEVNULL, env=ENVIRONMENT,
                timeout=REAL_LIMIT_S,
            )
        except subprocess.TimeoutExpired:
            return Run("none", b"", f"no end after {REAL_LIMIT_S} s".encode(), self.folder)
        return Run(done.returncode, done.stdout, done.stderr, self.folder)

    def difference(self, text):
        """(asyncio's run, awaitscope's run) of a program that differs, or None.

        Left out are programs whose output depends on the order of sets under asyncio itself, and
        those that make it recurse too deeply, by tasks that await each other in a ring.
        """
        with open(self.script, "w", encoding="utf-8") as file:
            file.write(text)
        expected, actual = self.oracle(), self.awaitscope()
        if expected.same(actual, self.with_stderr):
            return None
        rings = "RecursionError" in expected.stdout + expected.stderr
        if not actual.crashed() and (rings or not expected.same(self.oracle("reverse"), self.with_stderr)):
            self.left_out += 1
            return None
        return expected, actual


def describe(expected, actual):
    """The differences of two runs, as lines."""
    names = "asyncio", "awaitscope"
    outputs = (run.stdout.splitlines() for run in (expected, actual))
    rows = list(difflib.unified_diff(*outputs, *names, lineterm="", n=100))
    stderrs = f"{names[0]}: stderr", f"{names[1]}: stderr"
    rows += difflib.unified_diff(expected.told, actual.told, *stderrs, lineterm="", n=4)
    for what, one, other in ("exit code", expected.code, actual.code), ("virtual end", expected.end, actual.end):
        if one != other:
            rows.append(f"{what}: asyncio {one}, awaitscope {other}")
    if expected.code != actual.code:
        for name, run in zip(names, (expected, actual)):
            rows += [f"{name}'s stderr:", *run.stderr.splitlines()[-12:]]
    return rows
