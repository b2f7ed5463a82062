#!/usr/bin/python3
"""story_fuzz.py STORY_RUN [COUNT [SEED]]: random stories say the same on our scheduler and on asyncio.

STORY_RUN is the program of tests/story_run.c.  A story that differs is made as small as it can be
before it is shown, with what both say.
"""
import os
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
BLOCKS = ("try", "guard", "with", "timeout", "group")
TASKS = "abcdefg"
TIMES = "0 0 1 1 2 3".split()


def simple_step(rng, kinds):
    task, time = rng.choice(TASKS), rng.choice(TIMES)
    many = "".join(rng.choices(TASKS, k=rng.randint(1, 4)))
    timeout = rng.choice(["-", "-", *TIMES])
    queue, item = rng.choice("QRRPZ"), rng.choice("vwxyz")
    lock, event = rng.choice("LLMCST"), rng.choice("EEF")
    choices = {
        "plain": [f"sleep {time}", f"sleep {time}", "yield", f"cancel {task}", "raise Boom",
                  f"start {task}", f"await {task}", f"return {item}", "uncancel"],
        "sync": [f"acquire {lock}", f"release {lock}", f"wait {event}", f"set {event}",
                 f"clear {event}", f"acquire {lock}", f"release {lock}"],
        "condition": ["wait C", f"wait_until C {event}", f"notify C {rng.randint(0, 3)}",
                      f"set {event}", "acquire C", "release C"],
        "barrier": ["wait B", "wait B", "wait B", "wait B", "reset B", "abort B"],
        "queue": [f"put {queue} {item}", f"get {queue}", f"put {queue} {item}", f"get {queue}",
                  f"push {queue} {item}", f"pop {queue}", f"done {queue}", f"join {queue}",
                  "push P !"],
        "combine": [f"wait_for {task} {timeout}", f"wait_for {task} {time}", f"shield {task}",
                    f"wait_all {many} {timeout}", f"wait_first {many} {timeout}",
                    f"wait_failed {many} {timeout}", f"completed {many} {timeout}"],
        "group": [f"create {task}", f"create {task}", f"move {timeout}"],
    }
    return rng.choice(choices[rng.choice(kinds)])


def steps(rng, kinds, count, depth=0):
    out = []
    for _ in range(count):
        if depth < 3 and rng.random() < 0.22:
            block = rng.choice(["try", "guard", f"with {rng.choice('LMCST')}",
                                f"timeout {rng.choice(['-', *TIMES])}", "group"])
            inner = kinds + ["group", "group"] if block == "group" else kinds
            out += [block, *steps(rng, inner, rng.randint(1, 4), depth + 1), "end"]
        else:
            out.append(simple_step(rng, kinds))
    return out


def story(seed):
    """{task: [step]} of one random story."""
    rng = random.Random(seed)
    rare = ["sync", "condition", "barrier", "queue", "combine", "group"]
    kinds = ["plain", *rng.sample(rare, rng.randint(1, 4)), *rng.sample(rare, 1)]
    tasks = {name: steps(rng, kinds, rng.randint(1, 6)) for name in TASKS[:rng.randint(2, 7)]}
    main = []
    for name in tasks:
        if rng.random() < 0.85:
            main.append(f"start {name}")
        if rng.random() < 0.3:
            main.append(simple_step(rng, ["plain"]))
    main += ["try", *steps(rng, kinds, rng.randint(1, 6)), "end", "sleep 4"]
    for _ in range(rng.randint(0, 3)):
        main += [f"cancel {rng.choice(TASKS)}", f"sleep {rng.choice(TIMES)}"]
    return {"m": [s for s in main if not s.startswith("return")], **tasks}


def text_of(tasks):
    return "".join(f"{name}: {'; '.join(body)}\n" for name, body in tasks.items()) + "\n"


def ours(program, stories):
    text = "".join(map(text_of, stories))
    run = subprocess.run([program], input=text, stdout=subprocess.PIPE, text=True, check=False)
    return run.stdout.splitlines() + [f"exit {run.returncode}"] * (run.returncode != 0)


def asyncios(stories):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("".join(map(text_of, stories)))
        file.flush()
        run = subprocess.run(
            ["/usr/bin/python3", HERE / "oracle.py", HERE / "story.py", file.name],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False,
            env={**os.environ, "ORACLE_MAX_VIRTUAL": "1e9"})
    return run.stdout.splitlines()


def differs(program, tasks):
    return ours(program, [tasks]) != asyncios([tasks])


def removals(body):
    """Every way to leave out one step, or one block's two ends."""
    for i, step in enumerate(body):
        if step.split()[0] in BLOCKS:
            depth = 0
            for j in range(i, len(body)):
                depth += (body[j].split()[0] in BLOCKS) - (body[j] == "end")
                if depth == 0:
                    yield body[:i] + body[j + 1:]
                    yield body[:i] + body[i + 1:j] + body[j + 1:]
                    break
        elif step != "end":
            yield body[:i] + body[i + 1:]


def shrink(program, tasks):
    smaller = True
    while smaller:
        smaller = False
        for name in list(tasks):
            for body in removals(tasks[name]):
                less = {**tasks, name: body}
                if not body:
                    del less[name]
                if "m" in less and differs(program, less):
                    tasks, smaller = less, True
                    break
            if smaller:
                break
    return tasks


def main():
    program = sys.argv[1]
    count, first = (int(a) for a in (sys.argv[2:] + ["300", "0"][len(sys.argv) - 2:]))
    for begin in range(first, first + count, 500):
        seeds = range(begin, min(begin + 500, first + count))
        stories = [story(seed) for seed in seeds]
        mine, theirs = ours(program, stories), asyncios(stories)
        if mine == theirs and len(mine) == len(stories):
            continue
        for seed, tasks, a, b in zip(seeds, stories, mine, theirs):
            if a != b:
                small = shrink(program, tasks)
                print(f"seed {seed} differs:\n{text_of(small)}ours:    {ours(program, [small])}\n"
                      f"asyncio: {asyncios([small])}")
                return 1
        print(f"seeds {begin}..: {len(mine)} and {len(theirs)} answers to {len(stories)} stories")
        return 1
    print(f"{count} stories from seed {first} say the same")
    return 0


sys.exit(main())
