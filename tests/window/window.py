"""One window of the program on a display of its own, with real keys and a real mouse."""
import os
import re
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PATIENCE_S = 60  # a bound for what takes milliseconds
SIZE = (1280, 960)  # all of the scene's source is seen, however one got there


def numbers(header, prefix):
    """The numbers of an enum's names, as the header has them."""
    with open(os.path.join(ROOT, header), encoding="utf-8") as file:
        body = re.search(r"enum \w+ \{([^}]*\b%s\w+[^}]*)\}" % prefix, file.read()).group(1)
    names = re.findall(r"\b%s(\w+)\s*(?:,|$)" % prefix, re.sub(r"/\*.*?\*/", "", body, flags=re.S),
                       re.M)
    return {name: number for number, name in enumerate(names)}


# What places can be (enum rnd_hit_kind), and their values.
HIT = numbers("render/view/hits.h", "RND_HIT_")
BUTTON = numbers("render/view/hits.h", "RND_BUTTON_")
PANEL = numbers("render/view/layout.h", "RND_PANEL_")
SPLITTER = numbers("render/view/layout.h", "RND_SPLITTER_")


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


class Window:
    """One window of the program, on a display of its own."""

    def __init__(self, program, script, *options, home=None, command=(), desktop=None, size=SIZE):
        """Its home is a folder of its own, or the one given; `desktop` is a window manager, the
        size None the one that the program finds."""
        self.folder = tempfile.TemporaryDirectory()
        self.dump = os.path.join(self.folder.name, "state")
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp",
             "-noreset"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        # SDL's connection to the desktop bus is not ours to look after.
        suppressions = os.path.join(self.folder.name, "suppressions")
        with open(suppressions, "w", encoding="ascii") as file:
            file.write("leak:libdbus\n")
        with os.fdopen(read) as pipe:
            # Nothing is read from, or left in, the home of who runs the tests.
            own = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
            self.env = dict(own, HOME=home or self.folder.name, DISPLAY=":" + pipe.readline().strip(),
                            SDL_VIDEODRIVER="x11",
                            LSAN_OPTIONS="print_suppressions=0:suppressions=" + suppressions)
        self.manager = subprocess.Popen([desktop], env=self.env, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL) if desktop else None
        if desktop:
            self.until_managed()
        self.program = subprocess.Popen(
            [program, *command, *(["--size", "%dx%d" % size] if size else []),
             "--dump-state", self.dump, *options, *([script] if script else [])],
            cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL)
        self.until(lambda s: s["run"] != "goes_on")
        self.id = run("xdotool", "search", "--onlyvisible", "--pid", str(self.program.pid),
                      env=self.env).split()[0]
        self.point(2, 2)

    def close(self):
        self.program.kill()
        self.program.wait()
        if self.manager:
            self.manager.kill()
            self.manager.wait()
        self.server.terminate()
        self.server.wait()
        self.folder.cleanup()

    def state(self):
        state = {"hits": [], "texts": []}
        with open(self.dump, encoding="utf-8") as lines:
            for line in lines:
                name, value = line.rstrip("\n").split("=", 1)
                if name == "hit":
                    state["hits"].append([int(number) for number in value.split()])
                elif name == "text":
                    state["texts"].append(value)
                else:
                    state[name] = value
        return state

    def until(self, expected):
        """Waits for a state; gives it, or the last one if it does not come."""
        deadline = time.monotonic() + PATIENCE_S
        state = None
        while time.monotonic() < deadline and self.program.poll() is None:
            if os.path.exists(self.dump):
                state = self.state()
                if expected(state):
                    return state
            time.sleep(0.005)
        shown = {name: value for name, value in (state or {}).items() if name != "hits"}
        raise AssertionError(f"the window did not get there; it shows {shown}")

    def until_managed(self):
        """Waits until there is a window manager: before that there are no desktops."""
        deadline = time.monotonic() + PATIENCE_S
        while subprocess.run(["xdotool", "get_desktop"], env=self.env, check=False,
                             capture_output=True).returncode:
            if time.monotonic() > deadline:
                raise AssertionError("there is no window manager")
            time.sleep(0.005)

    def xdotool(self, *arguments):
        run("xdotool", *[str(argument) for argument in arguments], env=self.env)

    def key(self, *names):
        """Presses keys; nearer to each other, two presses of one would be one that is held."""
        self.xdotool("key", "--delay", 4, *names)

    def point(self, x, y):
        self.xdotool("mousemove", "--window", self.id, round(x), round(y))

    def place(self, kind, value=None):
        """The middle of a sensitive place, and its size; the kind is a name in HIT."""
        for hit_kind, hit_value, x, y, w, h in self.state()["hits"]:
            if hit_kind == HIT[kind] and value in (None, hit_value):
                return x + w / 2, y + h / 2, w, h
        raise AssertionError(f"there is no place of kind {kind} and value {value}")

    @staticmethod
    def kind(name):
        """The number of a kind of places."""
        return HIT[name]

    def click(self, kind, value=None, shift=0.0):
        """Clicks on the place; shift -0.5 is its left edge, 0.5 its right one."""
        x, y, w, _ = self.place(kind, value)
        self.point(x + shift * w, y)
        self.xdotool("click", 1)

    def picture(self, path):
        run("import", "-window", self.id, path, env=self.env)
