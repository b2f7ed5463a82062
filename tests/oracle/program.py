"""A random asyncio program: a tree of statements, grown from the templates in grammar/.

A template is a piece of Python with holes.  A hole {name} of CHOICES becomes one of its texts, of
which the first is the simplest.  The others are grown: {body} is an indented block; {coro},
{agen} and {function} become a call of a new coroutine function, a call of a new async generator
function and the name of a new plain function; {coros} are several {coro}, with commas; {id} is the
statement's number.  A header "%WEIGHT PLACE" begins each template.  PLACE says where it may
stand: "async" in coroutines, "sync" also in plain functions, "yield" in async generators only.

A tree, not a text, is what is grown and shrunk, so that each smaller program is a program too.
"""
import pathlib
import random
import re

GRAMMAR = pathlib.Path(__file__).resolve().parent / "grammar"
HOLE = re.compile(r"( *)\{(\w+)\}")
MOST_DEPTH = 5

CHOICES = {
    "delay": ["0", "1", "2", "3", "0.5", "0.1", "0.2", "0.3"],
    "timeout": ["1", "None", "0", "2", "0.5", "0.3", "-1"],
    "pause": ["0.1", "1", "2", "0.5", "0"],
    "n": ["1", "0", "2", "3"],
    "some": ["2", "1", "3"],
    "flag": ["False", "True"],
    "msg": ["", "'m'"],
    "task": ["-1", "1", "2", "3", "4", "0"],
    "future": ["0", "1", "2"],
    "when": ["ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION"],
    "boom": [
        "Boom(1)", "Boom(2)", "ValueError('v')", "asyncio.TimeoutError()", "asyncio.CancelledError('c')",
    ],
    "caught": [
        "Boom", "Exception", "asyncio.CancelledError", "BaseException", "(Boom, asyncio.TimeoutError)",
    ],
    "grouped": ["Boom", "ValueError", "Exception"],
    "goon": ["pass", "raise"],
    "lock": ["L0", "L1"],
    "semaphore": ["S0", "S1", "S2"],
    "condition": ["C0", "C1", "C2"],
    "event": ["E0", "E1"],
    "barrier": ["B0", "B1"],
    "queue": ["Q0", "Q1", "Q2", "Q3"],
    "pool": ["P0", "P1"],
    "wait": [
        "E0.wait()", "L0.acquire()", "S0.acquire()", "Q0.get()", "Q0.put(7)", "Q2.get()", "Q1.join()",
        "B0.wait()",
    ],
}

# Objects that all parts of a program share; only those that it names are made.
SHARED = {
    "L0": "asyncio.Lock()",
    "L1": "asyncio.Lock()",
    "S0": "asyncio.Semaphore(1)",
    "S1": "asyncio.Semaphore(2)",
    "S2": "asyncio.BoundedSemaphore(1)",
    "C0": "asyncio.Condition()",
    "C1": "asyncio.Condition()",
    "C2": "asyncio.Condition(L1)",
    "E0": "asyncio.Event()",
    "E1": "asyncio.Event()",
    "B0": "asyncio.Barrier(2)",
    "B1": "asyncio.Barrier(3)",
    "Q0": "asyncio.Queue(1)",
    "Q1": "asyncio.Queue()",
    "Q2": "asyncio.LifoQueue(2)",
    "Q3": "asyncio.PriorityQueue(1)",
    "P0": "concurrent.futures.ThreadPoolExecutor(1)",
    "P1": "concurrent.futures.ThreadPoolExecutor(2)",
    "V0": "contextvars.ContextVar('V0', default=0)",
}

# Where a block stands decides which statements it may have, and how its function looks.
PLACES = {"async": {"async", "sync"}, "sync": {"sync"}, "yield": {"async", "sync", "yield"}}
BLOCK_PLACE = {"coro": "async", "coros": "async", "agen": "yield", "function": "sync"}
FUNCTIONS = {
    "coro": """\
async def c{number}():
    log("c{number} begins")
    try:
{body}
    except BaseException as error:
        log("c{number} fails", error)
        raise
    log("c{number} ends")
    return {number}
""",
    "agen": """\
async def a{number}():
    try:
{body}
        yield {number}
    finally:
        log("a{number} ends")
""",
    "function": """\
def f{number}(*args):
    log("f{number}", *args)
{body}
    return {number}
""",
}


class Template:
    def __init__(self, feature, header, text):
        weight, self.place = header.split()
        self.weight, self.feature, self.text = int(weight), feature, text.strip("\n")
        self.holes = [name for _, name in HOLE.findall(self.text) if name != "id"]
        self.grows = any(name not in CHOICES for name in self.holes)

    def __deepcopy__(self, memo):
        return self


def read_templates():
    templates = []
    for path in sorted(GRAMMAR.glob("*.txt")):
        for entry in re.split(r"^%", path.read_text(), flags=re.M)[1:]:
            templates.append(Template(path.stem, *entry.split("\n", 1)))
    return templates


TEMPLATES = read_templates()
FEATURES = sorted({template.feature for template in TEMPLATES} - {"always"})


class Statement:
    """A template and what fills its holes, in order: an index of CHOICES, or a list of blocks.

    A block is a list of statements.  Every hole that is grown has exactly one, but {coros}.
    """

    def __init__(self, template, fills):
        self.template, self.fills = template, fills


class Grower:
    def __init__(self, seed, features):
        self.random = random.Random(seed)
        chosen = {"always", *(f for f in features if self.random.random() < 0.6)}
        self.templates = [t for t in TEMPLATES if t.feature in chosen]
        self.left = self.random.choice([6, 10, 16, 25, 40])  # statements

    def choose(self, place, depth):
        fits = [t for t in self.templates if t.place in PLACES[place]]
        if depth >= MOST_DEPTH or self.left <= 0:
            fits = [t for t in fits if not t.grows]
        weights = [t.weight * 4 if t.place == "yield" else t.weight for t in fits]
        return self.random.choices(fits, weights)[0]

    def statement(self, place, depth):
        self.left -= 1
        template = self.choose(place, depth)
        return Statement(template, [self.fill(hole, place, depth) for hole in template.holes])

    def fill(self, hole, place, depth):
        if hole in CHOICES:
            return self.random.randrange(len(CHOICES[hole]))
        inner = BLOCK_PLACE.get(hole, place)
        count = self.random.randint(1, 3) if hole == "coros" else 1
        return [self.block(inner, depth + 1) for _ in range(count)]

    def block(self, place, depth):
        most = 1 if self.left <= 0 else 3
        return [self.statement(place, depth) for _ in range(self.random.randint(1, most))]


GO_ON = next(t for t in TEMPLATES if t.text.startswith("with go_on"))


def grow(seed, features):
    """The root's block of the program of a seed."""
    grower = Grower(seed, features)
    sturdy = grower.random.random() < 0.7
    block = []
    while grower.left > 0:
        statement = grower.statement("async", 0)
        block.append(Statement(GO_ON, [[[statement]]]) if sturdy else statement)
    return block


class Writer:
    def __init__(self):
        self.functions, self.statements, self.coros = [], 0, 0

    def block(self, statements, indent):
        lines = [line for each in statements for line in self.statement(each)] or ["pass"]
        return "\n".join(" " * indent + line for line in lines)

    def function(self, kind, block):
        self.coros += 1
        number = self.coros
        place = 8 if kind != "function" else 4
        text = FUNCTIONS[kind].format(number=number, body=self.block(block, place))
        self.functions.append(text)
        return {"coro": f"c{number}()", "agen": f"kept(a{number}())", "function": f"f{number}"}[kind]

    def statement(self, statement):
        self.statements += 1
        number, fills = self.statements, iter(statement.fills)

        def fill(match):
            indent, hole = match[1], match[2]
            if hole == "id":
                return indent + str(number)
            filled = next(fills)
            if hole in CHOICES:
                return indent + CHOICES[hole][filled]
            if hole == "body":
                return self.block(filled[0], len(indent))
            kind = hole.rstrip("s")
            return indent + ", ".join(self.function(kind, block) for block in filled)

        return HOLE.sub(fill, statement.template.text).split("\n")


def write_core(root):
    """What is a program's own: its shared objects and functions."""
    writer = Writer()
    body = writer.block(root, 4)
    code = "\n".join([*writer.functions, "async def root():\n" + body + "\n"])
    used = {name for name in SHARED if re.search(rf"\b{name}\b", code)}
    used |= {name for name in SHARED if any(name in SHARED[user] for user in used)}
    shared = [f"{name} = {made}" for name, made in SHARED.items() if name in used]
    return "\n".join([*shared, "", code])


def write(root):
    """The program as text."""
    before, after = ((GRAMMAR / name).read_text() for name in ("prelude.py", "main.py"))
    return "\n".join([before, write_core(root), after])
