#!/usr/bin/python3
"""architecture.py ROOT [BUILD]: the tree keeps to its architecture, or `file:line: what is wrong`.

The rules are the tables below.  With a build directory, that every C file is compiled and that the
libraries hold no mutable data is checked too.  architecture_rules.py proves that each rule fires.
"""
import json
import pathlib
import re
import subprocess
import sys

FILE_LINES, FUNCTION_LINES, LESSON_LINES = 500, 80, 40

# Longer than that, and why: {"file" or "file:function": reason}.
LONGER = {}

# Which room may include which of ours; a room within another may include what either lists.
INCLUDES = {
    "sim/": ["sim/"],
    "scenarios/": ["sim/", "scenarios/"],
    "render/": ["sim/trace.h", "sim/trace_flags.h", "sim/error.h"],
    "render/model/": ["render/model/"],
    "render/draw/": ["render/draw/"],
    "render/view/": ["render/model/", "render/draw/", "render/view/"],
    "render/video/": ["render/draw/", "render/video/"],
    "render/app/": ["render/", "scenarios/run.h"],
    "tests/": ["sim/", "scenarios/", "render/", "tests/"],
}

NOT_SIM = ["scenarios/", "render/", "tests/"]

# Headers of others, and the only rooms that may include them.
OUTSIDE = {
    r"Python\.h|structmember\.h|frameobject\.h|internal/pycore.*": ["scenarios/host/"],
    r"(SDL2/)?SDL.*\.h": ["render/draw/", "render/video/", "render/app/", "tests/"],
    r"lib(av|sw)\w+/.*": ["render/video/"],
    r"(pixman(-1/pixman)?|png|fontconfig/.*)\.h": ["render/draw/", "tests/"],
    r"(sys/time|time|threads|fcntl|locale)\.h": NOT_SIM,
    r"(pthread|signal|unistd)\.h": ["sim/ahead.c", *NOT_SIM],
    r"sys/mman\.h": ["sim/ahead.c", "sim/alloc.c", *NOT_SIM],
}

# What the code of a room may not call: (room, files that may, what for, names).
CALLS = [
    ("sim/", [], "no wall clock in sim", """time clock clock_gettime gettimeofday timespec_get
        localtime gmtime sleep usleep nanosleep"""),
    ("sim/", ["sim/ahead.c", "sim/alloc.c"], "sim's memory comes from sim/alloc.h", """malloc calloc realloc free
        aligned_alloc posix_memalign strdup strndup mmap munmap"""),
    ("sim/", [], "sim knows no files, environment or chance", """fopen open creat read write getenv
        system rand random srand setlocale"""),
]

# Libraries without mutable data: no static buffer, counter or cache anywhere.
CONSTANT_LIBRARIES = """libawaitscope-sim.a libscn_host.a libscn_run.a librnd_model.a librnd_view.a
    librnd_draw.a librnd_video.a""".split()

# Tables that Python's C interface wants to be writable, though nobody writes them.
PYTHON_TABLE = r"\bPy(?:\w+Def|Type_Slot|Type_Spec)\s+"

LEFT_OVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MACHINE_PATH = re.compile(r"/(?:work|farm|root|home)/|\.\./(?:shared|\.library)\b")
INCLUDE = re.compile(r'^[ \t]*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
NOT_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
SKIPPED = {"build", "__pycache__"}


def text_files(root):
    """{path from the root: text} of every file of the tree that is text."""
    texts = {}
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if not path.is_file() or parts[0] == ".git" or SKIPPED & set(parts):
            continue
        try:
            texts["/".join(parts)] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            pass
    return texts


def output(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, **options).stdout


def is_c(path):
    return path.endswith((".c", ".h"))


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def allowed_includes(path):
    return [a for room, allowed in INCLUDES.items() if path.startswith(room) for a in allowed]


def check_includes(path, text, texts):
    for match in INCLUDE.finditer(text):
        where, name = f"{path}:{line_of(text, match.start())}", match[2]
        for pattern, rooms in OUTSIDE.items():
            if re.fullmatch(pattern, name) and not path.startswith(tuple(rooms)):
                yield f"{where}: {name} may be included in {', '.join(rooms)} only"
        if match[1] == "<":
            continue
        neighbour = f"{path.rpartition('/')[0]}/{name}"
        target = neighbour if neighbour in texts or "/" not in name else name
        if not target.startswith(tuple(allowed_includes(path))):
            yield f"{where}: {path.rpartition('/')[0]} may not include {target}"


def check_calls(path, text):
    code = NOT_CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    for room, files, reason, names in CALLS:
        if not path.startswith(room) or path in files:
            continue
        for match in re.finditer(rf"(?<![.>\w])({'|'.join(names.split())})\s*\(", code):
            yield f"{path}:{line_of(code, match.start())}: {match[1]}: {reason}"


def check_text(path, text):
    lines = text.splitlines()
    if is_c(path) or path.endswith(".py"):
        if len(lines) > FILE_LINES and path not in LONGER:
            yield f"{path}:{FILE_LINES}: {len(lines)} lines, at most {FILE_LINES}"
    if path.endswith(".h") and not text.startswith("/*"):
        yield f"{path}:1: a header begins with its purpose, in a comment"
    if path.endswith(("CMakeLists.txt", ".cmake")):
        for glob in re.finditer(r"file\s*\(\s*GLOB", text):
            yield f"{path}:{line_of(text, glob.start())}: sources are listed, not globbed"
    if path.startswith("scenarios/lessons/") and path.endswith(".py"):
        if len(lines) > LESSON_LINES:
            yield f"{path}:{LESSON_LINES}: {len(lines)} lines, a lesson has at most {LESSON_LINES}"
        if not (text.startswith("# title: ") and lines[1:] and lines[1].startswith("# about: ")):
            yield f"{path}:1: a lesson begins with its title and what it is about"
    for number, line in enumerate(lines, 1):
        if MACHINE_PATH.search(line):
            yield f"{path}:{number}: a path of one machine"
        if LEFT_OVER.search(line) and not path.startswith("tests/architecture"):
            yield f"{path}:{number}: left for later"


def check_functions(root, paths):
    if not paths:
        return
    options = "--output-format=json --fields=+ne --languages=C --langmap=C:.c.h --kinds-C=f -o - -L -"
    tags = output(["ctags", *options.split()], cwd=root, input="\n".join(paths))
    for tag in map(json.loads, tags.splitlines()):
        path, name, line = tag["path"], tag["name"], tag["line"]
        length = tag.get("end", line) - line + 1
        if length > FUNCTION_LINES and f"{path}:{name}" not in LONGER:
            yield f"{path}:{line}: {name} has {length} lines, at most {FUNCTION_LINES}"


def check_compiled(root, build, paths):
    commands = json.loads((build / "compile_commands.json").read_text())
    compiled = {(pathlib.Path(c["directory"]) / c["file"]).resolve() for c in commands}
    for path in paths:
        if path.endswith(".c") and (root / path).resolve() not in compiled:
            yield f"{path}:1: no CMakeLists.txt lists it"


def check_headers_used(texts):
    sources = "\n".join(text for path, text in texts.items() if is_c(path))
    used = {match[2].rpartition("/")[2] for match in INCLUDE.finditer(sources)}
    for path in texts:
        if path.endswith(".h") and path.rpartition("/")[2] not in used:
            yield f"{path}:1: nothing includes it"


def check_constant(build, texts):
    """Objects in .data and .bss; the compilers' own names begin with two underscores."""
    section = r"\.t?(?:data|bss)(?!\.rel\.ro)\S*"
    symbol = re.compile(rf"\S+ .{{6}}O {section}\s+[0-9a-f]+ (?:\.hidden )?(?!__)(\w+)")
    libraries = {name: next(build.rglob(name), None) for name in CONSTANT_LIBRARIES}
    yield from (f"{name}: is not built" for name, library in libraries.items() if not library)
    for library in filter(None, libraries.values()):
        path = ""
        for line in output(["objdump", "-t", library]).splitlines():
            if member := re.match(r"(\S+)\.o:\s+file format", line):
                path = (library.parent / member[1]).relative_to(build).as_posix()
            elif found := symbol.match(line):
                name, text = found[1], texts.get(path, "")
                if not re.search(rf"{PYTHON_TABLE}{name}\b", text):
                    place = re.search(rf"\b{name}\b", text)
                    line = line_of(text, place.start()) if place else 1
                    yield f"{path}:{line}: {name} is mutable data"


def check(root, build=None):
    """Every breach of the rules in the tree, as "file:line: what is wrong"."""
    root, texts = pathlib.Path(root), text_files(pathlib.Path(root))
    sources = [path for path in texts if is_c(path)]
    breaches = []
    for path, text in texts.items():
        breaches += check_text(path, text)
        if is_c(path):
            breaches += [*check_includes(path, text, texts), *check_calls(path, text)]
    breaches += check_functions(root, sources)
    breaches += check_headers_used(texts)
    if build:
        build = pathlib.Path(build).resolve()
        breaches += [*check_compiled(root, build, sources), *check_constant(build, texts)]
    return breaches


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    breaches = check(*sys.argv[1:])
    print(*breaches, sep="\n", end="\n" if breaches else "")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
