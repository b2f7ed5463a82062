"""test_panels.py PROGRAM: panels are dragged, collapsed, explained and presented by real keys and a
real mouse."""
import os
import sys
import tempfile
import unittest

from window import BUTTON, PANEL, PATIENCE_S, SPLITTER, Window

SCENE = os.path.join("tests", "window", "scene.py")


class TestPanels(unittest.TestCase):
    program = None

    def setUp(self):
        self.window = Window(self.program, SCENE)
        self.addCleanup(self.window.close)

    def where(self, splitter):
        x, y, _, _ = self.window.place("SPLITTER", SPLITTER[splitter])
        return x, y

    def until_at(self, splitter, fits):
        def there(state):
            for kind, value, x, y, w, h in state["hits"]:
                if kind == self.window.kind("SPLITTER") and value == SPLITTER[splitter]:
                    return fits(x + w / 2, y + h / 2)
            return False
        self.window.until(there)

    def drag(self, splitter, dx, dy):
        x, y = self.where(splitter)
        self.window.point(x, y)
        self.window.xdotool("mousedown", 1)
        self.window.point(x + dx, y + dy)
        self.until_at(splitter, lambda nx, ny: abs(nx - x - dx) < 4 and abs(ny - y - dy) < 4)
        self.window.xdotool("mouseup", 1)

    def test_splitters_are_dragged_and_put_back(self):
        for splitter, dx, dy in ("COLUMN", 60, 0), ("OUTPUT", 0, -50), ("LOWER", 0, -40):
            x, y = self.where(splitter)
            self.drag(splitter, dx, dy)
            self.window.point(*self.where(splitter))
            self.window.xdotool("click", "--repeat", 2, "--delay", 10, 1)
            self.until_at(splitter, lambda nx, ny: (nx, ny) == (x, y))

    def test_panels_collapse_by_their_titles_and_by_keys(self):
        _, _, _, before = self.window.place("AXIS", 0)
        self.window.click("PANEL", PANEL["LOOP"])
        taller = self.window.until(lambda s: self.height("AXIS", s) > before + 60)
        self.window.key("ctrl+5")
        self.window.until(lambda s: self.height("AXIS", s) > self.height("AXIS", taller) + 60)
        self.window.key("ctrl+3", "ctrl+5")
        self.window.until(lambda s: self.height("AXIS", s) == before)

    def test_the_key_of_the_inspector_opens_it_though_it_was_not_shown(self):
        self.window.key("ctrl+4")
        self.window.until(lambda s: "Inspector" in s["texts"])

    def height(self, kind, state):
        return next(h for k, _, _, _, _, h in state["hits"] if k == self.window.kind(kind))

    def test_keys_are_shown_as_they_are_pressed_and_go(self):
        shown = lambda s: {"Next theme", "T"} <= set(s["texts"])
        theme = self.window.state()["theme"]
        self.window.key("t")
        self.window.until(lambda s: s["theme"] != theme and not shown(s))
        self.window.key("ctrl+k", "t")
        self.window.until(shown)
        self.window.until(lambda s: not shown(s))
        self.window.key("ctrl+k", "Home")
        self.window.until(lambda s: s["cursor"] == "0" and "Go to the start" not in s["texts"])

    def test_a_resting_pointer_is_told_what_it_points_at_and_the_key(self):
        for kind, value, tip in (("BUTTON", BUTTON["PLAY"], "Play or pause\tSpace"),
                                 ("BUTTON", BUTTON["FORWARD"], "Step forward\tRight"),
                                 ("STEP", 2, "Step by source line\t3"),
                                 ("NAME", 2, "io_task #1 · Click selects it · double click: "
                                  "the inspector tells all of it\tI"),
                                 ("PANEL", PANEL["SOURCE"], "Collapse or open the source\tCtrl 1")):
            x, y, _, _ = self.window.place(kind, value)
            self.window.point(x, y)
            state = self.window.until(lambda s: s["tip"] == tip)
            self.assertIn(tip.split("\t")[0], state["texts"])
        self.window.xdotool("click", 1)
        self.window.until(lambda s: s["tip"] == "")

    def test_every_button_has_a_tip_with_a_key(self):
        buttons = [hit for hit in self.window.state()["hits"]
                   if hit[0] == self.window.kind("BUTTON")]
        self.assertGreaterEqual(len(buttons), 8)
        for _, _, x, y, w, h in buttons:
            self.window.point(x + w / 2, y + h / 2)
            self.window.until(lambda s: "\t" in s["tip"])
            self.window.point(2, 2)
            self.window.until(lambda s: s["tip"] == "")

    def test_playing_takes_the_time_it_is_given_and_repeats_a_range(self):
        """Two ends of a range are set by key; the playhead stays within them."""
        self.window.key("u")
        self.window.until(lambda s: s["lasts_s"] == "5" and "in 5 s" in s["texts"])
        self.window.key("shift+u")
        self.window.until(lambda s: s["lasts_s"] == "0")
        for button, name in ("SHORTEN", "shorten"), ("REPEAT", "repeat"):
            self.window.click("BUTTON", BUTTON[button])
            self.window.until(lambda s, name=name: s[name] == "1")
        self.window.key("Right", "Right", "Right", "r", *["Right"] * 12, "r")
        end = self.window.until(lambda s: int(s["number"]) == 15)
        self.window.key(*["plus"] * 4)
        self.window.until(lambda s: s["speed"] == "20")
        self.window.key("space")
        seen = set()
        while len(seen) < 8:
            number = int(self.window.state()["number"])
            seen.add(number)
            self.assertTrue(3 <= number <= int(end["number"]), number)
        self.assertEqual(self.window.state()["playing"], "1")

    def test_layouts_go_round(self):
        for layout in "1", "2", "0":
            self.window.key("F6")
            self.window.until(lambda s: s["layout"] == layout)
        self.window.key("shift+F6")
        self.window.until(lambda s: s["layout"] == "2")
        self.window.key("ctrl+BackSpace")
        self.window.until(lambda s: s["layout"] == "0")

    def test_a_presentation_has_large_type_and_no_bars(self):
        scale = float(self.window.state()["scale"])
        for key in "F10", "p":
            self.window.key(key)
            state = self.window.until(lambda s: s["bare"] == "1" and s["size"] == "1600x1000")
            self.assertGreater(float(state["scale"]), 1.2 * scale)
            kinds = {hit[0] for hit in state["hits"]}
            self.assertFalse(kinds & {self.window.kind("BUTTON"), self.window.kind("STRIP")})
            self.window.key("Escape")
            self.window.until(lambda s: s["bare"] == "0" and s["fullscreen"] == "0")


class TestLongRun(unittest.TestCase):
    """A script without an end says how far it is, and what it did is kept when it is stopped."""

    SHORT = "import asyncio\n\n\nasync def main():\n    await asyncio.sleep(1)\n\n\nasyncio.run(main())\n"
    ENDLESS = SHORT.replace("    await asyncio.sleep(1)",
                            "    while True:\n        await asyncio.sleep(0.001)")

    def stop(self, stop):
        with tempfile.TemporaryDirectory() as folder:
            script = os.path.join(folder, "script.py")
            with open(script, "w", encoding="utf-8") as file:
                file.write(self.SHORT)
            window = Window(TestPanels.program, script, "--max-events", "500000000")
            self.addCleanup(window.close)
            short = int(window.state()["events"])
            with open(script, "w", encoding="utf-8") as file:
                file.write(self.ENDLESS)
            window.until(lambda s: any(text.startswith("running · ") for text in s["texts"]))
            stop(window)
            window.until(lambda s: s["run"] == "trouble" and int(s["events"]) > 100 * short
                         and not any(text.startswith("running · ") for text in s["texts"]))
            window.key("End")
            window.until(lambda s: any(text.startswith("The run was stopped") for text in s["texts"]))

    def test_it_is_stopped_by_its_button(self):
        self.stop(lambda window: window.click("BUTTON", BUTTON["STOP"]))

    def test_it_is_stopped_by_escape(self):
        self.stop(lambda window: window.key("Escape"))


class TestMemory(unittest.TestCase):
    """What the window remembers from one session to the next."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = folder.name

    def open(self, *options):
        window = Window(TestPanels.program, SCENE, *options, home=self.home)
        self.addCleanup(window.close)
        return window

    def read(self, *path):
        with open(os.path.join(self.home, *path), encoding="utf-8") as file:
            return file.read().splitlines()

    def change(self, window):
        window.key("t", "2", "plus")
        window.until(lambda s: s["theme"] == "light" and s["step"] == "1" and s["speed"] == "2")
        window.key("ctrl+1")
        window.until(lambda s: "import" not in s["texts"])
        window.key("ctrl+plus")
        changed = window.until(lambda s: float(s["scale"]) > 0.85)
        window.key("ctrl+q")
        self.assertEqual(window.program.wait(timeout=PATIENCE_S), 0)
        return changed

    def test_the_next_window_is_as_the_last_was_left(self):
        changed = self.change(self.open())
        state = self.open().state()
        for name in "theme", "speed", "step", "scale":
            self.assertEqual(state[name], changed[name], name)
        self.assertNotIn("import", state["texts"])
        preferences = self.read(".config", "awaitscope", "preferences")
        for line in "theme = light", "speed = 2", "step = switch":
            self.assertIn(line, preferences)
        window = self.read(".local", "state", "awaitscope", "window")
        for line in "collapsed-source = yes", "width = 1280":
            self.assertIn(line, window)

    VIEW = ("cursor", "time_ns", "whole", "selected", "rows", "pinned", "sort", "arrows", "range")

    def leave(self, window):
        """Leaves a view that is like no other."""
        window.key("End", "Left", "Left", "o", "l")
        window.click("NAME", 2)
        window.until(lambda s: s["selected"] == "2" and s["arrows"] == "1" and s["sort"] == "1")
        window.key("k", "w")
        left = window.until(lambda s: s["pinned"] == "1" and s["whole"] == "0")
        window.key("ctrl+q")
        self.assertEqual(window.program.wait(timeout=PATIENCE_S), 0)
        return left

    def test_a_script_is_gone_on_with_where_it_was_left(self):
        left = self.leave(self.open())
        state = self.open().until(lambda s: s["cursor"] == left["cursor"])
        for name in self.VIEW:
            self.assertEqual(state[name], left[name], name)
        scale, before = float(state["px_per_ns"]), float(left["px_per_ns"])
        self.assertLess(abs(scale / before - 1), 0.001)
        self.assertLess(abs(float(state["left_px"]) - float(left["left_px"])), 2)
        # Another script is not that one.
        window = Window(TestPanels.program, os.path.join("scenarios", "lessons", "02-gather.py"),
                        home=self.home)
        self.addCleanup(window.close)
        self.assertEqual(window.state()["cursor"], "0")

    def test_without_preferences_a_script_begins_anew(self):
        self.leave(self.open())
        window = self.open("--no-preferences")
        state = window.until(lambda s: s["run"] == "over")
        self.assertEqual((state["cursor"], state["pinned"], state["whole"]), ("0", "0", "1"))
        window.key("End")
        window.until(lambda s: s["number"] == s["stops"])
        window.key("ctrl+q")
        window.program.wait(timeout=PATIENCE_S)
        self.assertEqual(len(self.read(".local", "state", "awaitscope", "views")), 1)

    def test_a_window_without_preferences_reads_and_keeps_none(self):
        self.change(self.open())
        window = self.open("--no-preferences")
        self.assertEqual(window.state()["theme"], "dark")
        window.key("t")
        window.until(lambda s: s["theme"] == "light")
        window.key("t")
        window.until(lambda s: s["theme"] == "contrast")
        window.key("ctrl+q")
        window.program.wait(timeout=PATIENCE_S)
        self.assertIn("theme = light", self.read(".config", "awaitscope", "preferences"))

    def test_a_window_without_preferences_lists_no_recent_files(self):
        for options, recent in ([], True), (["--no-preferences"], False):
            window = self.open(*options)
            window.key("ctrl+o")
            state = window.until(lambda s: "Open" in s["texts"])
            self.assertEqual("recent" in state["texts"], recent)
            window.key("ctrl+q")
            window.program.wait(timeout=PATIENCE_S)

    def test_what_comparing_collapsed_is_open_the_next_time(self):
        window = self.open()
        window.until(lambda s: "Running now" in s["texts"])
        window.key("ctrl+d")
        window.until(lambda s: s["runs"] == "2" and "Running now" not in s["texts"])
        window.key("ctrl+q")
        self.assertEqual(window.program.wait(timeout=PATIENCE_S), 0)
        self.open().until(lambda s: "Running now" in s["texts"])

    def test_the_command_line_comes_first_and_is_not_kept(self):
        self.change(self.open())
        window = self.open("--theme", "contrast")
        self.assertEqual(window.state()["theme"], "contrast")
        window.key("ctrl+q")
        window.program.wait(timeout=PATIENCE_S)
        self.assertIn("theme = light", self.read(".config", "awaitscope", "preferences"))


if __name__ == "__main__":
    TestPanels.program = os.path.abspath(sys.argv[1])
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
