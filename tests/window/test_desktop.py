"""test_desktop.py PROGRAM: what a desktop does with a window: it drops files on it, has it take the
whole screen, and closes it; with a window manager."""
import os
import shutil
import sys
import tempfile
import unittest

from Xlib import X, Xatom, display
from Xlib.protocol import event

from drop import Drop
from window import PATIENCE_S, ROOT, Window, run

SCREEN = (1600, 1000)  # window.Window's display
MAXIMIZED = ("_NET_WM_STATE_MAXIMIZED_HORZ", "_NET_WM_STATE_MAXIMIZED_VERT")


def size(state):
    return tuple(int(number) for number in state["size"].split("x"))


class Desktop:
    """The window manager of a window's display, as pagers and taskbars talk to it."""

    def __init__(self, window):
        self.display = display.Display(window.env["DISPLAY"])
        self.root = self.display.screen().root
        self.window = self.display.create_resource_object("window", int(window.id))

    def ask(self, kind, *data):
        self.root.send_event(
            event.ClientMessage(window=self.window, client_type=self.display.intern_atom(kind),
                                data=(32, [*data, 0, 0, 0, 0, 0][:5])),
            event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self.display.flush()

    def maximize(self, on):
        self.ask("_NET_WM_STATE", on, *[self.display.intern_atom(name) for name in MAXIMIZED])

    def states(self):
        got = self.window.get_full_property(self.display.intern_atom("_NET_WM_STATE"), Xatom.ATOM)
        return {self.display.get_atom_name(atom) for atom in got.value} if got else set()

    def is_maximized(self):
        return self.states() >= set(MAXIMIZED)

    def close_window(self):
        self.ask("_NET_CLOSE_WINDOW")


class TestDesktop(unittest.TestCase):
    program = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        # A name that does not look the same as a URI.
        self.script = os.path.join(folder.name, "100 % of gäther #2.py")
        self.home = os.path.join(folder.name, "home")
        os.mkdir(self.home)
        shutil.copy(os.path.join(ROOT, "scenarios", "lessons", "02-gather.py"), self.script)

    def open(self, script, **options):
        window = Window(self.program, script, home=self.home, desktop="openbox", **options)
        self.addCleanup(window.close)
        window.desktop = Desktop(window)
        self.addCleanup(window.desktop.display.close)
        return window

    def drop(self, window, path):
        Drop(window.env["DISPLAY"], path).onto(window.id, 300, 300)

    def test_files_that_are_dropped_are_opened(self):
        saved = self.script + ".awtrace"
        run(self.program, "run", "--save", saved,
            os.path.join(ROOT, "scenarios", "lessons", "17-queue.py"))
        window = self.open(None)
        window.until(lambda s: "Lessons" in s["texts"])
        self.drop(window, self.script)
        window.until(lambda s: "Timeline" in s["texts"] and "gather, against one after another" in
                     s["texts"] and "Lessons" not in s["texts"])
        window.key("question")
        window.until(lambda s: s["help"] == "1")
        self.drop(window, saved)
        window.until(lambda s: s["help"] == "0" and "waiter" in s["texts"])

    def test_a_mark_that_is_being_named_is_kept_when_the_window_closes(self):
        window = self.open(self.script)
        window.key("m")
        window.until(lambda s: s["field"] == "mark 1")
        window.xdotool("type", "half a name")
        window.until(lambda s: s["field"] == "half a name")
        window.desktop.close_window()
        self.assertEqual(window.program.wait(PATIENCE_S), 0)
        with open(self.script + ".notes", encoding="utf-8") as notes:
            self.assertIn(" half a name\n", notes.read())

    def test_it_fits_on_the_screen_and_is_given_back_as_it_was(self):
        window = self.open(self.script, size=None)
        state = window.until(lambda s: size(s)[0] == SCREEN[0])
        self.assertTrue(window.desktop.is_maximized())
        self.assertLess(size(state)[1], SCREEN[1])  # there is a frame
        for key, bare in (("F11", "0"), ("F10", "1")):
            window.key(key)
            window.until(lambda s, b=bare: size(s) == SCREEN and s["bare"] == b)
            window.key(key)
            window.until(lambda s: s["size"] == state["size"] and s["bare"] == "0")
            self.assertTrue(window.desktop.is_maximized())
        window.key("F11")
        window.until(lambda s: size(s) == SCREEN)
        window.desktop.close_window()
        self.assertEqual(window.program.wait(PATIENCE_S), 0)
        # It was maximised before it took the whole screen, and is so again.
        again = self.open(self.script, size=None)
        again.until(lambda s: s["size"] == state["size"])
        again.desktop.maximize(0)
        again.until(lambda s: size(s) < SCREEN and size(s)[1] < size(state)[1])

    def test_presenting_goes_back_to_the_whole_screen_where_it_began(self):
        window = self.open(self.script)
        window.key("F11")
        window.until(lambda s: size(s) == SCREEN)
        window.key("F10")
        window.until(lambda s: s["bare"] == "1")
        window.key("Escape")
        window.until(lambda s: s["bare"] == "0" and s["fullscreen"] == "1")
        window.key("F11")
        window.until(lambda s: size(s) < SCREEN)


if __name__ == "__main__":
    TestDesktop.program = os.path.abspath(sys.argv.pop(1))
    unittest.main()
