"""How the window copes with a big run, and with one twice as big.

usage: bench_window.py AWAITSCOPE WINDOW_FRAMES

Records a run of about a million events over 10,000 tasks and one of twice as many events, and
looks around in both (window_frames, which says what it measures).  What a frame costs must depend
on what it shows: the last column has the ratios of the medians.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

SCRIPT = """
import asyncio, random, sys

async def worker(number, rounds, places):
    for i in range(rounds):
        await asyncio.sleep(random.random() * 10)
        if i % 4 == 0:
            async with places:
                await asyncio.sleep(0)
        if number % 100 == 0:
            print("worker", number, "round", i)

async def main():
    places = asyncio.Semaphore(50)
    await asyncio.gather(*(worker(n, int(sys.argv[1]), places) for n in range(10000)))

asyncio.run(main())
"""

ROW = re.compile(r"(\w+) +(\d+) frames +([\d.]+) +([\d.]+) +([\d.]+) ms")


def look(awaitscope, frames, folder, rounds):
    script, trace = folder / "big.py", folder / "big.awtrace"
    script.write_text(SCRIPT)
    subprocess.run(
        [awaitscope, "run", "--save", trace, script, str(rounds)],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    text = subprocess.run([frames, trace], capture_output=True, text=True, check=True).stdout
    return text, {row[0]: [float(x) for x in row[2:]] for row in ROW.findall(text)}


def main():
    awaitscope, frames = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        once, rows = look(awaitscope, frames, folder, 7)
        twice, doubled = look(awaitscope, frames, folder, 14)
    print(f"{once.splitlines()[0]}; then {twice.splitlines()[0]}")
    print("             median      p99      max   ms; doubled: median  ratio")
    for name, (median, p99, most) in rows.items():
        other = doubled[name][0]
        print(f"{name:<10} {median:8.2f} {p99:8.2f} {most:8.2f} {other:20.2f} {other / median:6.2f}")
    for line in once.splitlines():
        if line.startswith("memory"):
            print(line)


if __name__ == "__main__":
    main()
