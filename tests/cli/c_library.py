#!/usr/bin/python3
"""c_library.py BUILD_TREE: the scheduler as an installed library, and the lessons in C on it.

Installs the build into a folder of its own, compiles each lesson in scenarios/c with nothing but
`pkg-config awaitscope-sim`, runs it, compares what it prints with golden/c, and opens the trace that
it saved with the program.  `--update` writes the golden files.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests/golden/c"
LESSONS = {"gather": "4.500000", "timeout": "2.000000", "producer_consumer": "4.000000"}


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], text=True, capture_output=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def check(prefix, lesson, virtual_end, update):
    folder = prefix / "lessons"
    folder.mkdir(exist_ok=True)
    source = shutil.copy(ROOT / f"scenarios/c/{lesson}.c", folder)
    shutil.copy(ROOT / "scenarios/c/lesson.h", folder)
    (description,) = prefix.rglob("awaitscope-sim.pc")
    environment = dict(os.environ, PKG_CONFIG_PATH=str(description.parent))
    flags = run("pkg-config", "--cflags", "--libs", "awaitscope-sim", env=environment).stdout.split()
    strict = ["-std=c11", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Werror"]
    run("cc", *strict, source, *flags, "-o", folder / lesson)
    trace = folder / f"{lesson}.awtrace"
    printed = run(folder / lesson, trace).stdout
    golden = GOLDEN / f"{lesson}.txt"
    if update:
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(printed)
    if printed != golden.read_text():
        return f"{lesson} prints\n{printed}instead of\n{golden.read_text()}"
    program = prefix / "bin/awaitscope"
    summary = run(program, "run", "--summary", trace).stderr
    if f"virtual_end={virtual_end}\n" not in summary:
        return f"{lesson}: the trace ends otherwise: {summary}"
    run(program, "shot", trace, "-o", folder / f"{lesson}.png")
    return None


def main():
    tree, update = sys.argv[1], "--update" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        prefix = pathlib.Path(folder)
        run("cmake", "--install", tree, "--prefix", prefix)
        answers = [check(prefix, lesson, end, update) for lesson, end in LESSONS.items()]
    failures = [answer for answer in answers if answer]
    print("\n".join(failures) or f"{len(LESSONS)} lessons in C build, run and open by themselves")
    sys.exit(bool(failures))


main()
