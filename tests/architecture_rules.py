#!/usr/bin/python3
"""architecture_rules.py: each rule of architecture.py fires, on a small bad tree of its own."""
import json
import pathlib
import subprocess
import sys
import tempfile

import architecture

GOOD = {
    "sim/trace.h": "/* Purpose. */\n",
    "sim/loop.h": '/* Purpose. */\n#include "sim/trace.h"\n',
    "sim/loop.c": '#include "loop.h"\n/* time() */\nchar *f(void)\n{ return "malloc(" + x->time(sim_time(0)); }\n',
    "render/model/model.h": "/* Purpose. */\n",
    "render/model/model.c": '#include "sim/trace.h"\n#include "model.h"\n',
    "render/app/main.c": '#include "render/model/model.h"\n#include "scenarios/run.h"\n',
    "scenarios/run.h": '/* Purpose. */\n#include "sim/loop.h"\n',
    "scenarios/lessons/01.py": "# title: One\n# about: It.\n",
}

# (file, its text, how the one breach that must be reported begins)
BAD = [
    ("sim/a.c", '\n#include "scenarios/run.h"\n', "sim/a.c:2: sim may not include scenarios/run.h"),
    ("render/model/a.c", '#include "sim/loop.h"\n', "render/model/a.c:1: render/model may not include sim/loop.h"),
    ("render/model/a.c", "#include <SDL2/SDL.h>\n", "render/model/a.c:1: SDL2/SDL.h may be included in"),
    ("render/view/a.c", "#include <SDL.h>\n", "render/view/a.c:1: SDL.h may be included in"),
    ("render/view/a.c", '#include "scenarios/run.h"\n', "render/view/a.c:1: render/view may not include"),
    ("render/draw/a.c", '#include "render/model/model.h"\n', "render/draw/a.c:1: render/draw may not include"),
    ("render/app/a.c", "#include <libavcodec/avcodec.h>\n", "render/app/a.c:1: libavcodec/avcodec.h may be"),
    ("render/app/a.c", "#define X 1\n#include <Python.h>\n", "render/app/a.c:2: Python.h may be included in"),
    ("scenarios/a.c", "#include <Python.h>\n", "scenarios/a.c:1: Python.h may be included in scenarios/host/"),
    ("scenarios/a.c", '#include "render/model/model.h"\n', "scenarios/a.c:1: scenarios may not include render"),
    ("sim/a.c", "#include <time.h>\n", "sim/a.c:1: time.h may be included in"),
    ("sim/a.c", "long f(void)\n{\n    return time(0);\n}\n", "sim/a.c:3: time: no wall clock in sim"),
    ("sim/a.c", "void f(void)\n{ clock_gettime (0, 0); }\n", "sim/a.c:2: clock_gettime: no wall clock in sim"),
    ("sim/a.c", "void *f(void)\n{ return malloc(1); }\n", "sim/a.c:2: malloc: sim's memory comes from"),
    ("sim/a.c", 'int f(void)\n{ return open("x", 0); }\n', "sim/a.c:2: open: sim knows no files"),
    ("sim/a.c", "\n" * 501, "sim/a.c:500: 501 lines"),
    ("tests/a.py", "\n" * 501, "tests/a.py:500: 501 lines"),
    ("sim/a.c", "int x;\nvoid f(void)\n{\n" + "    x++;\n" * 80 + "}\n", "sim/a.c:2: f has 83 lines"),
    ("sim/unused.h", "/* Purpose. */\n", "sim/unused.h:1: nothing includes it"),
    ("sim/trace.h", "#define A\n", "sim/trace.h:1: a header begins with its purpose"),
    ("sim/CMakeLists.txt", "\nfile(GLOB x *.c)\n", "sim/CMakeLists.txt:2: sources are listed, not globbed"),
    ("README.md", "see\n" + "/".join(["", "root", "x"]), "README.md:2: a path of one machine"),
    ("sim/a.c", "/* TO" + "DO: later */\n", "sim/a.c:1: left for later"),
    ("scenarios/lessons/02.py", "# title: A\n# about: B\n" + "\n" * 40, "scenarios/lessons/02.py:40: 42 lines"),
    ("scenarios/lessons/02.py", "import asyncio\n", "scenarios/lessons/02.py:1: a lesson begins with"),
]

# Mutable data, of which the compiled library knows.
MUTABLE = "int counter;\nint f(void)\n{\n    static int calls;\n    return ++calls;\n}\n"
CONSTANT = """typedef int PyType_Slot;
PyType_Slot table[] = {1};
static const char *const names[] = {"a"};
const char *f(int i)
{
    return names[i];
}
"""

failures = []


def breaches_of(files, compiled=None):
    """What architecture.check says of a tree of these files; `compiled` are the objects of
    the first library, and the others have none."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        if compiled is None:
            return architecture.check(root)
        build = root / "build" / "debug"
        (build / "sim").mkdir(parents=True)
        for path in compiled:
            subprocess.run(["gcc", "-g", "-fPIC", "-c", root / path, "-o", build / f"{path}.o"], check=True)
        objects = [build / f"{path}.o" for path in compiled]
        for name in architecture.CONSTANT_LIBRARIES[:-1]:
            subprocess.run(["ar", "rc", build / "sim" / name, *objects], check=True)
            objects = []
        commands = [{"directory": str(root), "file": path} for path in compiled]
        (build / "compile_commands.json").write_text(json.dumps(commands))
        return architecture.check(root, build)


def expect(label, breaches, *wanted):
    """Exactly as many breaches as wanted, each beginning as wanted."""
    if len(breaches) != len(wanted) or not all(b.startswith(w) for b, w in zip(breaches, wanted)):
        failures.append(f"{label}:\n  wanted {list(wanted)}\n  got    {breaches}")


def main():
    expect("the good tree", breaches_of(GOOD))
    for path, text, wanted in BAD:
        expect(wanted, breaches_of({**GOOD, path: text}), wanted)
    tree = {"sim/a.c": MUTABLE, "sim/b.c": CONSTANT, "sim/c.c": CONSTANT}
    expect(
        "what is compiled",
        breaches_of(tree, ["sim/a.c", "sim/b.c"]),
        "sim/c.c:1: no CMakeLists.txt lists it",
        f"{architecture.CONSTANT_LIBRARIES[-1]}: is not built",
        "sim/a.c:4: calls is mutable data",
        "sim/a.c:1: counter is mutable data",
    )
    print(*failures, f"{len(BAD) + 2 - len(failures)} of {len(BAD) + 2} trees judged rightly", sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
