"""How the window copes with a big run, and with one twice as big.

usage: bench_window.py AWAITSCOPE WINDOW_FRAMES

Records a run of about a million events over 10,000 tasks and one of twice as many events, and
looks around in both (window_frames, which says what it measures).  What a frame costs must depend
on what it shows.  The two take turns: the least of each figure counts, and of the ratios of the
means, which are of one round each, the median.
"""

import pathlib
import re
import statistics
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

ROUNDS = 5

ROW = re.compile(r"(\w+) +(\d+) frames +([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) ms")


def record(awaitscope, folder, rounds):
    script, trace = folder / "big.py", folder / f"{rounds}.awtrace"
    script.write_text(SCRIPT)
    subprocess.run(
        [awaitscope, "run", "--save", trace, script, str(rounds)],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return trace


def look(frames, trace):
    """What one round says of a trace, and {what was done: its figures}."""
    text = subprocess.run([frames, trace], capture_output=True, text=True, check=True).stdout
    return text, {name: [float(f) for f in figures] for name, _, *figures in ROW.findall(text)}


def main():
    awaitscope, frames = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        traces = [record(awaitscope, pathlib.Path(folder), rounds) for rounds in (7, 14)]
        rounds = [[look(frames, trace) for trace in traces] for _ in range(ROUNDS)]
    texts = [text for text, _ in rounds[-1]]
    print("; then ".join(text.splitlines()[0] for text in texts))
    print("               mean   median      p99      max   ms; doubled: mean  ratio")
    for name in rounds[0][0][1]:
        ours, doubled = ([turn[i][1][name] for turn in rounds] for i in (0, 1))
        row = " ".join(f"{min(figures):8.2f}" for figures in zip(*ours))
        ratio = statistics.median(two[0] / one[0] for one, two in zip(ours, doubled))
        print(f"{name:<10} {row} {min(two[0] for two in doubled):18.2f} {ratio:6.2f}")
    for line in texts[0].splitlines():
        if line.startswith("memory"):
            print(line)


if __name__ == "__main__":
    main()
