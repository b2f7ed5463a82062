#!/usr/bin/python3
"""check_captions.py PROGRAM: what lessons say is true.

Each lesson has a title, an aim, a parameter and a marker.  It is traced with its parameters as
they are, at the lowest and the highest value of each range, and with each word of a choice.  Each
caption and marker is on a line that some of these runs pass; and what captions say of times and of
order is proved from the trace of each run that shows them, by PROOFS below.
"""
import pathlib
import re
import subprocess
import sys
import types

DEADLOCK = 3  # the exit code of a run that ends with one
LESSONS = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "lessons"
EVENT = re.compile(r" *(\d+)\.(\d{9}) +(\d+) +(\w+)(.*)")
FIELD = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|\S+)')
NOTE = re.compile(r"#\s*(title|about|param|compare|caption|marker): (.*)")
WORDS = re.compile(r'^(\w+) = "(\S+)"\s*# param: ([^:]*\|[^:]*)')
RANGE = re.compile(r"^(\w+) = (\S+)\s*# param: (\S+)\.\.(\S+) ")

# What a caption says that speaks of times or of order.
SPEAKS_OF_TIME = re.compile(
    r"\d s\b|\b(time|before|after|until|again|yet|late|later|next|last|first|early|longer|never|ends|meanwhile"
    r"|once|now|still|nobody)\b",
    re.I,
)


class Event:
    def __init__(self, match):
        self.s = int(match[1]) + int(match[2]) / 1e9
        self.number, self.kind = int(match[3]), match[4]
        self.fields = {name: value.strip('"') for name, value in FIELD.findall(match[5])}

    def __getattr__(self, name):
        return self.fields.get(name)


class Run:
    """A lesson's trace with some parameters changed.  Lines are named by a piece of their text."""

    def __init__(self, program, path, values):
        self.source = path.read_text().splitlines()
        self.values = " ".join(f"{name}={value}" for name, value in values.items())
        changed = [word for value in self.values.split() for word in ("--param", value)]
        done = subprocess.run([program, "trace", *changed, path], capture_output=True, text=True)
        self.failed = done.stderr if done.returncode not in (0, DEADLOCK) else ""
        self.events = [Event(m) for m in map(EVENT.match, done.stdout.splitlines()) if m]
        self.lines = {e.line for e in self.events if e.kind == "line"}

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

    def kinds(self, kind, **fields):
        found = [e for e in self.events if e.kind == kind]
        return [e for e in found if all(e.fields.get(k) == v for k, v in fields.items())]


def most(begins, ends):
    """How many things went on at once, at most."""
    steps = sorted([(e.number, 1) for e in begins] + [(e.number, -1) for e in ends])
    return max(sum(change for _, change in steps[:i]) for i in range(len(steps) + 1))


# What each caption rests on: of the run r, whose parameters are p.
PROOFS = {
    "Only now does make_tea run": lambda r, p: r.order("tea = make_tea()", "await tea", 'print("kettle on")'),
    "make_tea goes on right after": lambda r, p: r.at('print("water') == [p.DELAY],
    "return ends the coroutine": lambda r, p: r.order('return "tea"', "here is the tea"),
    "await lets go of the loop": lambda r, p: r.at('print("water') == [p.DELAY],
    "One after another: B cannot begin": lambda r, p: r.order("A: iteration 3", "B: iteration 1")
    and r.outputs(f"one after another: {3 * p.PAUSE + 6.5:.1f} s"),
    "gather makes three tasks": lambda r, p: len(r.kinds("task_created", parent="1")) == 3
    and r.outputs(f"gather: {max(3 * p.PAUSE, 4):.1f} s"),
    "time.sleep does not await": lambda r, p: not [e for e in r.outputs("beat") if 0.8 < e.s < 0.8 + p.BUSY],
    "asyncio.sleep awaits": lambda r, p: [e.s for e in r.outputs("beat")] == [0, 0.5, 1, 1.5, 2],
    "main has let go of the loop": lambda r, p: r.order("main: continuing", "download: started", "other work 1"),
    "create_task only puts it": lambda r, p: r.order("create_task(download", "main: continuing", "download: started"),
    "download is a task now": lambda r, p: r.kinds("task_coro", coroutine="download")[0].number
    < r.passes('print("main: continuing')[0].number
    < r.passes('print("download: started')[0].number,
    "With nothing else to do": lambda r, p: r.at("await task") == [3.6]
    and r.at('print(f"main: got')[0] == max(3.6, p.DELAY),
    "main waits for either": lambda r, p: r.at('print(f"done:') == [2],
    "slow was not cancelled": lambda r, p: not r.kinds("cancel_requested") and r.at('print("both') == [p.SLOW],
    "What is pending can be awaited": lambda r, p: r.order("pending: slow", "slow: slept"),
    "wait handed out no results": lambda r, p: r.order("done: fast", "slow: slept", "both are done"),
    "In time: wait_for": lambda r, p: r.outputs("operation ends")[0].s < p.LIMIT,
    "Time was up": lambda r, p: r.at("except TimeoutError") == [p.LIMIT] and not r.outputs("operation ends"),
    "There is no await here": lambda r, p: all(e.s >= p.BUSY for e in r.kinds("timer_fired")),
    "Nothing is left to cancel": lambda r, p: not r.kinds("cancel_requested") and r.at('print(f"got') == [p.BUSY],
    "Computing in the loop's thread": lambda r, p: r.outputs(f"compute, async: {2 * p.WORK:.1f} s"),
    "At its end, the block waits": lambda r, p: r.passes("except* LookupError")[0].s == p.FAILS_AFTER,
    "All of its tasks are done; now": lambda r, p: all(
        e.number < r.passes("except* LookupError")[0].number for e in r.kinds("task_done") if e.task in "234"
    ),
    "The group has the exceptions of all": lambda r, p: len(r.kinds("task_done", outcome="exception")) == 1,
    "save gets to its end": lambda r, p: [e.s for e in r.outputs("all is written")] == [2.75],
    "wait_for would cancel save": lambda r, p: r.outputs("saving is cancelled: False"),
    "save was not cancelled, and": lambda r, p: r.kinds("task_done", task="2")[0].outcome == "result"
    and not r.kinds("cancel_requested", task="2"),
    "copy waits here; if it is": lambda r, p: r.at("closing the file") == [min(p.CANCEL_AT, 4.25)],
    "Cleaning up may take time": lambda r, p: r.at("await asyncio.sleep(0.8)")[0] < r.kinds("task_done", task="2")[0].s,
    "cancel() only asks": lambda r, p: not r.kinds("task_done", task="2")
    or r.order("task.cancel()", "cancel requested", "await task")
    and (p.CANCEL_AT > 4.25 or r.order("cancel requested", "closing the file")),
    "main goes on when copy is done": lambda r, p: (r.outputs("copied") or r.outputs("was cancelled"))[0].s
    == max(p.CANCEL_AT, r.kinds("task_done", task="2")[0].s),
    "The inner timeout: 1.2 s": lambda r, p: [e.s for e in r.outputs("took too long") if "attempt" in e.text]
    == [s for s in (1.2, 2.4, 3.6) if s < p.TOTAL],
    "The inner block let": lambda r, p: r.at('print("all of it') == [p.TOTAL],
    "main waits for all three": lambda r, p: r.at("except ConnectionError") == [p.FAILS_AFTER],
    "The first exception ends": lambda r, p: r.at('print(f"main: {error}")') == [p.FAILS_AFTER],
    "Nothing was cancelled: what": lambda r, p: not r.kinds("cancel_requested") and r.outputs("film")[0].s == 2.25,
    "This upload is done, whether": lambda r, p: len(r.outputs(": uploaded")) == 2,
    "Both uploads are done, though": lambda r, p: len(r.outputs(": uploaded")) == 2
    and r.outputs(": uploaded")[1].number < r.passes('print("main: the end')[0].number,
    "Three coroutines; none": lambda r, p: r.order("replies = [", "for earliest", "await asyncio.sleep"),
    "main waits for whichever is done next": lambda r, p: [e.s for e in r.outputs(" replies after ")]
    == sorted((p.ANN, 1.2, 2.2)),
    "main printed each reply as soon": lambda r, p: [e.s for e in r.outputs(" replies after ")]
    == [e.s for e in r.kinds("task_done") if e.task in "234"] == sorted((p.ANN, 1.2, 2.2)),
    "Two payments at the same time": lambda r, p: r.passes("before = balance")[1].number
    < r.passes("balance = before -")[0].number,
    "With the lock, the second reads": lambda r, p: r.passes("before = balance")[-1].number
    > r.passes("balance = before -")[-2].number,
    "With the lock it takes longer": lambda r, p: p.TRY != "both"
    or r.outputs("with a lock: 10") and r.outputs("with a lock")[0].s > 2 * r.outputs("without a lock")[0].s,
    "The task notes what": lambda r, p: r.passes("before = balance"),
    "It writes what it once read": lambda r, p: (p.TRY == "lock") != bool(r.outputs("100 - 30 = 70"))
    and (p.TRY == "race") != bool(r.outputs("40 - 30 = 10")),
    "Only one task at a time": lambda r, p: [e.sync for e in r.kinds("sync") if e.sync in ("acquire", "release")]
    == ["acquire", "release"] * 2,
    "A place is taken here": lambda r, p: r.order("atlas: begins", "bible: begins", "comic: begins", "diary: begins"),
    "Never were more than PLACES": lambda r, p: most(r.outputs(": begins"), r.outputs(": ends")) == p.PLACES,
    "Leaving the block gives the place": lambda r, p: all(
        end.s == begin.s for end, begin in zip(r.outputs(": ends"), r.outputs(": begins")[p.PLACES :])
    ),
    "Serving takes longer": lambda r, p: {round(float(e.until) - e.s, 3) for e in r.kinds("sleep")} == {0.5, 1.3},
    "wait_for lets go of the lock": lambda r, p: r.order("Bob: got 1", "Ann: got 3"),
    "All that wait are woken": lambda r, p: [e.s for e in r.outputs(" left")] == [p.DELIVERY, p.DELIVERY + 1],
    "Whoever is early waits": lambda r, p: {e.s for e in r.outputs("walks on")} == {max(2.2, p.LAST)},
    "If the other cook holds this lock": lambda r, p: bool(r.outputs("dinner is ready")) == (p.BOB > 1),
    "The barrier let all pass": lambda r, p: {e.s for e in r.outputs("walks on")} == {max(2.2, p.LAST)},
    "The first lock is free": lambda r, p: len(r.outputs(" has one")) == 2,
    "Ann takes the knife and then": lambda r, p: r.order("Ann has one", "Ann needs the other", "Bob needs the other"),
    "No await: the coroutine": lambda r, p: r.order("never awaited", "is it saved"),
    "With await it runs": lambda r, p: r.at('print("main: now') == [p.DELAY] and not r.outputs("saved: first"),
    "time.sleep stands for work": lambda r, p: round(r.outputs("tick 1")[0].s, 3) == round(15 * p.PIECE, 3),
    "greedy never awaits": lambda r, p: round(r.outputs("tick 1")[0].s, 3) == round(15 * p.PIECE, 3),
    "polite awaits after": lambda r, p: r.outputs("tick 1")[1].s - r.at("gather(clock(), polite())")[0]
    <= 0.42 + 3 * p.PIECE,
    "sleep(0) only goes": lambda r, p: r.outputs("tick 1")[1].number < r.passes("await asyncio.sleep(0)")[-1].number,
    "asyncio.run cancels": lambda r, p: r.order("main: returns", "is lost"),
    "Nobody keeps this task": lambda r, p: not [e for e in r.kinds("step_end", step="await") if e.on == "task"],
    "Called like this": lambda r, p: not [e for e in r.outputs(" beat ") if 0.1 < e.s < 0.1 + p.BUSY],
    "The heart should beat every 0.6 s": lambda r, p: p.WAYS == "blocking"
    or all(r.outputs(f"{0.6 * n:.1f} s  beat {n}") for n in (1, 2, 3, 4)),
    "Wait 0.5 s, 1 s, 2 s": lambda r, p: all(
        0.5 * 2**n <= float(e.text.split()[-2]) <= 2**n
        for name in ("Dan", "Fay", "Una")
        for n, e in enumerate(r.outputs(f"{name}: busy, again in"))
    ),
    "Whoever had to come again": lambda r, p: len({e.s for e in r.outputs(": ") if e.s > 0.3})
    == len([e for e in r.outputs(": ") if e.s > 0.3]),
    "All come at the same time": lambda r, p: [e.s for e in r.outputs(": ")][:3] == [0.3] * 3,
    "This moment is taken; the next": lambda r, p: [e.s for e in r.outputs(": calls")]
    == [round(n * p.EVERY, 3) for n in range(4)],
    "No two calls began less than": lambda r, p: all(
        second.s - first.s > p.EVERY - 1e-6 for first, second in zip(r.outputs(": calls"), r.outputs(": calls")[1:])
    ),
    "All four want to call at once": lambda r, p: r.at("now = asyncio") == [0.0] * 4,
    "async with waits until": lambda r, p: r.outputs("connected")[0].s == 0.5,
    "yield hands main a row": lambda r, p: all(r.order(f"row {n} of", f"row {n + 1} of") for n in (1, 2)),
    "async for waits for the next": lambda r, p: [e.s for e in r.outputs("of db")]
    == [round(0.5 + n * p.ROW, 3) for n in (1, 2, 3)],
    "A timer: the loop calls": lambda r, p: r.outputs("last")[0].s == p.DELAY + 0.25,
    "This goes behind second": lambda r, p: r.order("second", "added by first"),
    "At its await main lets go": lambda r, p: r.order("await stopped", 'print("first")', "second"),
    "last gave the future": lambda r, p: r.order('stopped.set_result("stopped")', "print(how)"),
    "call_soon appends": lambda r, p: r.order("call_soon(first", "main lets go", 'print("first")'),
    "This changes the copy": lambda r, p: all(r.outputs(s) for s in ("for Ann", "for Bob", "is still main")),
    "A simulated server: long": lambda r, p: r.order(": /tea", ": /news", ": /about"),
    "An idle worker waits": lambda r, p: r.kinds("sync", sync="wait"),
    "join waits until": lambda r, p: r.outputs(": /")[-1].number < r.outputs("6 pages")[0].number,
    "The workers would wait for ever": lambda r, p: len(r.kinds("cancel_requested")) == 3,
}


def proved(start, run, parameters):
    """Whether a proof holds; what it looks for and does not find is no proof either."""
    try:
        return bool(PROOFS[start](run, parameters))
    except (IndexError, StopIteration):
        return False


def number(text):
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text.strip('"')


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


def variants(lines):
    """What each parameter is, and values to change, as dictionaries of both."""
    ranges = [match for match in map(RANGE.match, lines) if match]
    words = [match for match in map(WORDS.match, lines) if match]
    defaults = {match[1]: number(match[2]) for match in ranges + words}
    changes = [{match[1]: number(value)} for match in ranges for value in match.groups()[2:]]
    changes += [{match[1]: word.strip()} for match in words for word in match[3].split("|")]
    return [({**defaults, **change}, change) for change in [{}, *changes]]


def check(program, path, used):
    """What is wrong with a lesson."""
    lines = path.read_text().splitlines()
    found = list(notes(lines))
    for kind in "title", "about", "param", "marker":
        if kind not in {note[0] for note in found}:
            yield f"it has no {kind}"
    runs = [(Run(program, path, change), types.SimpleNamespace(**values)) for values, change in variants(lines)]
    yield from (f"{run.values}: {run.failed}" for run, _ in runs if run.failed)
    for kind, text, line in found:
        if kind not in ("caption", "marker", "compare"):
            continue
        shown = [(run, values) for run, values in runs if str(line) in run.lines]
        if not shown:
            yield f"line {line} never runs: {kind} {text}"
        said = text.partition(": ")[2] if kind == "compare" else text
        proofs = [start for start in PROOFS if said.startswith(start)] if kind != "marker" else []
        used.update(proofs)
        if kind != "marker" and SPEAKS_OF_TIME.search(said) and not proofs:
            yield f"line {line}: nothing proves: {said}"
        for start in proofs:
            yield from (f"line {line}, {r.values}: not true: {said}" for r, p in shown if not proved(start, r, p))


def main():
    program, wrong, used = pathlib.Path(sys.argv[1]).resolve(), [], set()
    for path in sorted(LESSONS.glob("*.py")):
        wrong += [f"{path.name}: {fault}" for fault in check(program, path, used)]
    wrong += [f"no lesson says: {start}" for start in PROOFS if start not in used]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    sys.exit(bool(wrong))


main()
