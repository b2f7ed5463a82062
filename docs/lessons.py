#!/usr/bin/python3
"""lessons.py PROGRAM: writes lessons.md, the page of all lessons, and a picture of each.

The picture is a frame of its video, which has all of the tasks and no buttons, at the last
caption of the run.  Run by `./dev docs`.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

DOCS = pathlib.Path(__file__).resolve().parent
LESSONS = DOCS.parent / "scenarios" / "lessons"
FIELD = re.compile(r"#\s*(title|about|param|caption): (.*)")
COURSE = 8  # the first so many are the course
HEAD = """# The lessons

Each is a short script about one idea, in `scenarios/lessons/`; each runs under plain `python3` too.
`awaitscope scenarios/lessons/01-coroutines.py` opens one in the window.
[How to write one](write-a-lesson.md)
"""


def fields(text):
    """Title and aim, parameters as (name, what they are), and the lines that have a caption."""
    found, params, captions, waiting = {}, [], [], False
    for number, line in enumerate(text.splitlines(), 1):
        match = FIELD.search(line)
        alone = line.lstrip().startswith("#")
        if waiting and not alone:
            captions.append(number)
            waiting = False
        if not match:
            continue
        if match[1] in ("title", "about"):
            found[match[1]] = match[2]
        elif match[1] == "param":
            params.append((line.split(" =")[0], match[2].partition(": ")[2]))
        elif alone:
            waiting = True
        else:
            captions.append(number)
    return found["title"], found["about"], params, captions


def picture(program, lesson, lines, path):
    """What is seen where the run comes to the last of the lines for the last time."""
    trace = subprocess.run([program, "trace", lesson], cwd=DOCS.parent, stdout=subprocess.PIPE, text=True).stdout
    passed = re.findall(r"^ *\S+ +(\d+) +line task=\d+ line=(\d+) ", trace, re.M)
    events = [event for event, line in passed if int(line) in lines]
    with tempfile.NamedTemporaryFile(suffix=".png") as large:
        shot = [program, "shot", "--as-recorded", "-o", large.name, "--size", "960x540", "--scale", "0.7"]
        subprocess.run([*shot, "--event", events[-1], lesson], cwd=DOCS.parent, check=True)
        small = ["+dither", "-colors", "96", "-strip", "-define", "png:compression-level=9"]
        subprocess.run(["convert", large.name, *small, f"PNG8:{path}"], check=True)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    (DOCS / "lessons").mkdir(exist_ok=True)
    page = [HEAD, "## The course\n"]
    for place, lesson in enumerate(sorted(LESSONS.glob("*.py")), 1):
        title, about, params, captions = fields(lesson.read_text())
        picture(program, lesson.relative_to(DOCS.parent), captions, DOCS / "lessons" / f"{lesson.stem}.png")
        page.append(f"### {lesson.stem[:2]} {title}\n\n{about}\n")
        page += [f"Change `{name}`: {what}.\n" for name, what in params]
        page.append(f"![{title}](lessons/{lesson.stem}.png)\n")
        if place == COURSE:
            page.append("## After the course\n")
    (DOCS / "lessons.md").write_text("\n".join(page))


main()
