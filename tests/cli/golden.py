#!/usr/bin/python3
"""golden.py PROGRAM [--update]: traces, texts and charts against what they were.

The traces of the first lessons and of a few scripts are compared as text (golden/trace), the
charts of all lessons too (golden/timeline), and the hashes of all lessons and scripts with
golden/hashes.txt: every build compares with the same files, so all builds make the same traces.
"""
import concurrent.futures
import difflib
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
LESSONS = sorted((ROOT / "scenarios" / "lessons").glob("*.py"))
SCRIPTS = sorted((ROOT / "tests" / "oracle" / "scripts").glob("*.py"))
AS_TEXT = ["cancel_sleeping", "exit_uncaught", "future_callbacks", "gather_exception", "loop_timers"]
HASH = re.compile(r"^trace_hash=([0-9a-f]{16})$", re.M)
ENVIRONMENT = {**os.environ, "COLUMNS": "100"}


def run(program, *arguments):
    """A command's output; scripts are named as seen from the root, so that no trace has a path."""
    done = subprocess.run(
        [program, *arguments], cwd=ROOT, env=ENVIRONMENT, capture_output=True, stdin=subprocess.DEVNULL
    )
    return done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def trace_hash(program, script):
    """A script's name and its hash; an error in place of the hash if it has none, and dashes if it
    prints places in Python's own files, which change with any update of Python."""
    output, error = run(program, "run", "--summary", script.relative_to(ROOT))
    found = HASH.search(error)
    if found and "/lib/python3" in output + error:
        return f"{'-' * 16}  {script.stem}"
    return f"{found[1] if found else error.strip()[-200:]!r}".strip("'") + f"  {script.stem}"


def actual(program, pool):
    """Every golden file and what it would be now."""
    files = {}
    chosen = LESSONS[:4] + [script for script in SCRIPTS if script.stem in AS_TEXT]
    for script in chosen:
        files[f"trace/{script.stem}.txt"] = pool.submit(
            lambda s: run(program, "trace", s.relative_to(ROOT))[0], script
        )
    for script in LESSONS:
        files[f"timeline/{script.stem}.txt"] = pool.submit(
            lambda s: run(program, "run", "--timeline", s.relative_to(ROOT))[0], script
        )
    hashes = [pool.submit(trace_hash, program, script) for script in LESSONS + SCRIPTS]
    texts = {name: future.result() for name, future in files.items()}
    texts["hashes.txt"] = "".join(f"{each.result()}\n" for each in hashes)
    return texts


def compare(name, text):
    path = GOLDEN / name
    old = path.read_text() if path.exists() else ""
    rows = list(difflib.unified_diff(old.splitlines(), text.splitlines(), name, "now", lineterm=""))
    print(*rows[:40], *([f"... {len(rows) - 40} more lines"] if len(rows) > 40 else []), sep="\n", end="")
    return bool(rows)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        texts = actual(program, pool)
    if "--update" in sys.argv:
        for name, text in texts.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_text(text)
        return
    differing = [name for name, text in texts.items() if compare(name, text)]
    if differing:
        sys.exit(f"\n{len(differing)} of {len(texts)} differ; if that is right: "
                 f"tests/cli/golden.py {os.path.relpath(program, ROOT)} --update")
    print(f"{len(texts)} golden files agree, {len(LESSONS + SCRIPTS)} hashes")


main()
