#!/usr/bin/python3
"""bench_start.py PROGRAM SCRIPT: the time from start to the window's first frame.

The peer in the same rounds is `python3 -c "import asyncio"`.  Medians; where there is no display, Xvfb
gives one.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 15
FIRST_FRAME_LIMIT_S = 20


def display():
    """An Xvfb of our own, or None where a display is there."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return None
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    os.environ["DISPLAY"] = ":" + os.read(read, 16).decode().strip()
    os.close(read)
    return server


def first_frame_s(program, script, folder):
    """From the start of the program until it says what its window shows."""
    dump = pathlib.Path(folder) / "dump"
    dump.unlink(missing_ok=True)
    start = time.perf_counter()
    command = [program, "--dump-state", dump, script]
    window = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not (dump.exists() and dump.stat().st_size):
            if window.poll() is not None or time.perf_counter() - start > FIRST_FRAME_LIMIT_S:
                sys.exit(f"{program} showed no window")
            time.sleep(0.0002)
        return time.perf_counter() - start
    finally:
        window.kill()
        window.wait()


def import_s():
    start = time.perf_counter()
    subprocess.run(["/usr/bin/python3", "-c", "import asyncio"], check=True)
    return time.perf_counter() - start


def main():
    program, script = sys.argv[1:]
    server = display()
    try:
        with tempfile.TemporaryDirectory() as folder:
            rounds = [(first_frame_s(program, script, folder), import_s()) for _ in range(ROUNDS)]
    finally:
        if server:
            server.terminate()
            server.wait()
    ours, peer = (statistics.median(times) * 1000 for times in zip(*rounds))
    print(f"start to first frame {ours:6.1f} ms")
    print(f"python3 -c 'import asyncio' {peer:6.1f} ms   ratio {ours / peer:.2f}   (medians of {ROUNDS})")


if __name__ == "__main__":
    main()
