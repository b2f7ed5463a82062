#!/usr/bin/python3
"""check_captions.py PROGRAM: what lessons say is true.

Each lesson has a title, an aim, a parameter and a marker.  Each caption and marker is on a line
that runs, if not with the parameters as they are, then with the lowest or highest.  And what
captions say of times and of order is proved from the trace, by PROOFS below.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

LESSONS = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "lessons"
EVENT = re.compile(r" *(\d+)\.(\d{9}) +(\d+) +(\w+)(.*)")
FIELD = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|\S+)')
NOTE = re.compile(r"#\s*(title|about|param|caption|marker): (.*)")
WORDS = re.compile(r'^(\w+) = "(\S+)"\s*# param: ([^:]*\|[^:]*)')
RANGE = re.compile(r"^(\w+) = (\S+)\s*# param: (\S+)\.\.(\S+) ")

# What a caption says that speaks of times or of order.
SPEAKS_OF_TIME = re.compile(
    r"\d s\b|\b(before|after|until|again|yet|late|next|last|same time|meanwhile|once|now|still)\b", re.I
)


class Event:
    def __init__(self, match):
        self.s = int(match[1]) + int(match[2]) / 1e9
        self.number, self.kind = int(match[3]), match[4]
        self.fields = {name: value.strip('"') for name, value in FIELD.findall(match[5])}

    def __getattr__(self, name):
        return self.fields.get(name)


class Run:
    """A lesson's trace.  Lines are named by a piece of their text."""

    def __init__(self, program, path):
        self.source = path.read_text().splitlines()
        done = subprocess.run([program, "trace", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.events = [Event(m) for m in map(EVENT.match, done.stdout.splitlines()) if m]

    def passes(self, piece):
        """The events at which the line with this text is passed."""
        number = next(i for i, line in enumerate(self.source, 1) if piece in line)
        return [e for e in self.events if e.kind == "line" and e.line == str(number)]

    def at(self, piece):
        """When it is passed, in seconds."""
        return [round(e.s, 3) for e in self.passes(piece)]

    def outputs(self, text):
        return [e for e in self.events if e.kind == "output" and text in e.text]

    def order(self, *pieces):
        """Each line or output is first passed after the one before it."""
        firsts = [(self.outputs(p) or self.passes(p))[0].number for p in pieces]
        return firsts == sorted(firsts)

    def slept(self, task):
        runner, found = None, []
        for e in self.events:
            runner = e.task if e.kind == "step_begin" else runner
            if e.kind == "sleep" and runner == task:
                found.append(e)
        return found

    def kinds(self, kind, **fields):
        found = [e for e in self.events if e.kind == kind]
        return [e for e in found if all(e.fields.get(k) == v for k, v in fields.items())]


# What each caption rests on.
PROOFS = {
    "Only now does make_tea run": lambda r: r.order("tea = make_tea()", "await tea", 'print("kettle on")'),
    "One after another: B cannot begin": lambda r: r.order("A: iteration 3", "B: iteration 1")
    and r.outputs("one after another: 11.0 s"),
    "gather makes three tasks": lambda r: len(r.kinds("task_created", parent="1")) == 3
    and r.outputs("gather: 4.5 s"),
    "time.sleep does not await": lambda r: not [e for e in r.outputs("beat") if 0.8 < e.s < 2.8],
    "create_task only puts it": lambda r: r.order("create_task(download", "main: continuing", "download: started"),
    "slow was not cancelled": lambda r: not r.kinds("cancel_requested") and r.at('print("both')[0] == 5,
    "What is pending can be awaited": lambda r: r.order("pending: slow", "slow: slept"),
    "Time was up": lambda r: r.at("except TimeoutError") == [2.0] and not r.outputs("operation ends"),
    "Too late to be cancelled": lambda r: not r.kinds("cancel_requested") and r.at("print(f\"got") == [3.0],
    "All of its tasks are done; now": lambda r: all(
        e.number < r.passes("except* LookupError")[0].number for e in r.kinds("task_done") if e.task in "234"
    ),
    "Cleaning up may take time": lambda r: r.order("task.cancel()", "await asyncio.sleep(0.8)", "copy was"),
    "cancel() only asks": lambda r: r.order("task.cancel()", "cancel requested", "closing the file"),
    "main waits until copy has cleaned up": lambda r: r.at("copy was cancelled") == [2.3],
    "The inner timeout: 1.2 s": lambda r: [e.s for e in r.outputs("took too long")] == [1.2, 2.4, 3.0],
    "main waits for all three": lambda r: r.at("except ConnectionError") == [1.0],
    "Meanwhile the film": lambda r: r.order("await asyncio.sleep(3.1)", "film", "main: the end"),
    "Each of the three gets a task; none": lambda r: r.order("for earliest", "await asyncio.sleep"),
    "main waits for whichever is done next": lambda r: r.order("Bob replies", "Cem replies", "Ann replies"),
    "What the task knows of the balance": lambda r: r.outputs("left without a lock: 40"),
    "It writes what it once read": lambda r: r.outputs("100 - 30 = 70") and r.outputs("100 - 60 = 40"),
    "Only one task at a time": lambda r: [e.sync for e in r.kinds("sync") if e.sync in ("acquire", "release")]
    == ["acquire", "release"] * 2,
    "A place is taken here": lambda r: r.order("atlas: begins", "bible: begins", "comic: begins", "diary: begins"),
    "Leaving the block gives the place": lambda r: r.outputs("atlas: ends")[0].s == r.outputs("comic: begins")[0].s,
    "Serving takes longer": lambda r: max(int(e.level) for e in r.kinds("sync", sync="put")) == 2,
    "wait_for lets go of the lock": lambda r: r.order("Bob: got 1", "Ann: got 3"),
    "Who is early waits": lambda r: {e.s for e in r.outputs("walks on")} == {3.0},
    "No await: the coroutine": lambda r: r.order("never awaited", "is it saved"),
    "asyncio.run cancels": lambda r: r.order("main: returns", "is lost"),
    "The heart should beat every 0.6 s": lambda r: r.outputs("0.6 s  beat 1") and r.outputs("1.2 s  beat 2"),
    "Wait 0.5 s, 1 s, 2 s": lambda r: all(
        0.5 * 2 ** n <= float(e.text.split()[-2]) < 2 ** n for n in (0, 1) for e in r.outputs("again in")[3 * n:][:3]
    ),
    "All come at the same time": lambda r: {e.s for e in r.outputs("busy")[:3]} == {0.3},
    "This moment is taken; the next": lambda r: [round(e.s, 3) for e in r.outputs(": calls")] == [0, 0.8, 1.6, 2.4],
    "All four want to call at once": lambda r: r.at("now = asyncio") == [0.0] * 4,
    "async with waits until": lambda r: r.outputs("connected")[0].s == 0.5,
    "async for waits for the next": lambda r: [round(e.s, 3) for e in r.outputs("of db")] == [1.3, 2.1, 2.9],
    "A timer: the loop calls": lambda r: r.outputs("last")[0].s == 1.25,
    "Put behind second": lambda r: r.order("second", "added by first"),
    "call_soon appends": lambda r: r.order("call_soon(first", "main lets go", 'print("first")'),
    "An idle worker waits": lambda r: r.kinds("sync", sync="wait"),
    "join waits until": lambda r: r.order("A: /news/today", "6 pages"),
    "save never noticed": lambda r: r.order("no more patience", "all is written"),
    "Nothing else to do": lambda r: r.at("await task") == [3.6],
    "make_tea goes on after": lambda r: r.at('print("water') == [2.0],
}


def proved(start, run):
    """Whether a proof holds; what it looks for and does not find is no proof either."""
    try:
        return bool(PROOFS[start](run))
    except (IndexError, StopIteration):
        return False


def notes(lines):
    """(kind, text, number of the line that it belongs to) of each comment."""
    waiting = []
    for number, line in enumerate(lines, 1):
        match, alone = NOTE.search(line), line.lstrip().startswith("#")
        if match and alone:
            waiting.append((match[1], match[2]))
        elif match:
            yield match[1], match[2], number
        if line.strip() and not alone:
            yield from ((kind, text, number) for kind, text in waiting)
            waiting = []


def variants(path, folder):
    """The lesson with its parameters as they are, at their lowest and highest, at each word."""
    text, lines = path.read_text(), path.read_text().splitlines()
    yield path
    for match in filter(None, map(RANGE.match, lines)):
        for value in match[3], match[4]:
            variant = folder / path.name
            variant.write_text(text.replace(f"{match[1]} = {match[2]}", f"{match[1]} = {value}", 1))
            yield variant
    for match in filter(None, map(WORDS.match, lines)):
        for word in match[3].split("|"):
            variant = folder / path.name
            variant.write_text(text.replace(f"\"{match[2]}\"", f"\"{word.strip()}\"", 1))
            yield variant


def check(program, path, folder, used):
    """What is wrong with a lesson."""
    lines = path.read_text().splitlines()
    found = list(notes(lines))
    for kind in "title", "about", "param", "marker":
        if kind not in {note[0] for note in found}:
            yield f"it has no {kind}"
    runs = [Run(program, variant) for variant in variants(path, folder)]
    reached = {int(e.line) for run in runs for e in run.events if e.kind == "line"}
    for kind, text, number in found:
        if kind in ("caption", "marker") and number not in reached:
            yield f"line {number} never runs: {kind} {text}"
        proofs = [start for start in PROOFS if text.startswith(start)] if kind == "caption" else []
        used.update(proofs)
        if kind == "caption" and SPEAKS_OF_TIME.search(text) and not proofs:
            yield f"line {number}: nothing proves: {text}"
        for start in proofs:
            if not proved(start, runs[0]):
                yield f"line {number}: not true: {text}"


def main():
    program, wrong, used = pathlib.Path(sys.argv[1]).resolve(), [], set()
    for path in sorted(LESSONS.glob("*.py")):
        with tempfile.TemporaryDirectory() as folder:
            faults = check(program, path, pathlib.Path(folder), used)
            wrong += [f"{path.name}: {fault}" for fault in faults]
    wrong += [f"no lesson says: {start}" for start in PROOFS if start not in used]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    sys.exit(bool(wrong))


main()
