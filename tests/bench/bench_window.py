"""How the window copes with a big run, and with one twice as big.

usage: bench_window.py AWAITSCOPE WINDOW_FRAMES

Records a run of about a million events over 10,000 tasks and one of twice as many events, and
looks around in both (window_frames, which says what it measures).  What a frame costs must depend
on what it shows: the last column has the ratios of the means.  The two take turns, and the best of
several rounds counts.
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

ROUNDS = 3

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


def look(frames, traces):
    """The output of the last round for each, and the least of its figures in all rounds."""
    texts, rows = [""] * len(traces), [{} for _ in traces]
    for _ in range(ROUNDS):
        for i, trace in enumerate(traces):
            command = [frames, trace]
            texts[i] = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            for name, _, *figures in ROW.findall(texts[i]):
                figures = [float(figure) for figure in figures]
                rows[i][name] = [min(pair) for pair in zip(figures, rows[i].get(name, figures))]
    return texts, rows


def main():
    awaitscope, frames = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        traces = [record(awaitscope, pathlib.Path(folder), rounds) for rounds in (7, 14)]
        texts, (rows, doubled) = look(frames, traces)
    print("; then ".join(text.splitlines()[0] for text in texts))
    print("               mean   median      p99      max   ms; doubled: mean  ratio")
    for name, figures in rows.items():
        mean, other = figures[0], doubled[name][0]
        row = " ".join(f"{figure:8.2f}" for figure in figures)
        print(f"{name:<10} {row} {other:18.2f} {other / mean:6.2f}")
    for line in texts[0].splitlines():
        if line.startswith("memory"):
            print(line)


if __name__ == "__main__":
    main()
