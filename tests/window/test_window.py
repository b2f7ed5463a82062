"""test_window.py PROGRAM [--update]: real keys and a real mouse on the real window.

Starts an X server without a screen, opens a scene, and compares what the window says that it shows
(its state dump) and what it shows (its pixels) with what is expected.  --update makes the pictures
in tests/golden/window anew.
"""
import os
import subprocess
import sys
import tempfile
import unittest

from window import BUTTON, PATIENCE_S, ROOT, SIZE, Window, run

GOLDEN = os.path.join(ROOT, "tests", "golden", "window")
SCENE = os.path.join("tests", "window", "scene.py")
# Of a golden picture's pixels, so many may look otherwise: fonts differ a little between machines.
TOLERANCE = 0.002


class TestWindow(unittest.TestCase):
    program = None
    update = False

    def setUp(self):
        self.window = Window(self.program, SCENE)
        self.addCleanup(self.window.close)

    def expect(self, **values):
        """Waits until the state has all these values."""
        wanted = {name: str(value) for name, value in values.items()}
        return self.window.until(lambda s: all(s[name] == wanted[name] for name in wanted))

    def test_keys_move_the_cursor(self):
        state = self.expect(run="over", cursor=0, playing=0, step=0)
        events = state["events"]
        self.window.key("Right")
        first = self.expect(number=1)
        self.assertGreater(int(first["cursor"]), 0)
        self.window.key("Right", "Right", "Right")
        self.expect(number=4)
        self.window.key("Left")
        self.expect(number=3)
        self.window.key("End")
        last = self.expect(cursor=events, time_ns=15500000000)
        self.assertIn("together", last["texts"])
        self.window.key("Home")
        self.expect(cursor=0)
        self.window.key("2")
        self.expect(step=1)
        self.window.key("Right", "Right")
        self.assertGreater(int(self.window.until(lambda s: int(s["number"]) > 4)["number"]), 4)
        self.window.key("4")
        self.expect(step=3)

    def test_it_plays_to_the_end_and_from_the_start_again(self):
        self.window.key(*["plus"] * 6)
        self.expect(speed=100)
        self.window.key("space")
        end = self.expect(playing=0, time_ns=15500000000)
        self.assertEqual(end["cursor"], end["events"])
        self.window.key("minus")
        self.expect(speed=50)
        self.window.click("BUTTON", BUTTON["PLAY"])
        self.window.until(lambda s: s["playing"] == "1" and int(s["time_ns"]) < 15500000000)

    def test_the_mouse_works_the_transport(self):
        self.window.click("BUTTON", BUTTON["FORWARD"])
        self.expect(number=1)
        self.window.click("BUTTON", BUTTON["END"])
        end = self.expect(time_ns=15500000000)
        self.window.click("BUTTON", BUTTON["BACK"])
        self.expect(number=int(end["stops"]) - 1)
        self.window.click("BUTTON", BUTTON["START"])
        self.expect(cursor=0)
        self.window.click("STEP", 2)
        self.expect(step=2)
        self.window.click("SPEED")
        self.expect(speed=2)
        self.window.click("BUTTON", BUTTON["THEME"])
        self.expect(theme="light")

    def test_dragging_the_strip_scrubs(self):
        x, y, w, _ = self.window.place("STRIP")
        self.window.point(x, y)
        self.window.xdotool("mousedown", 1)
        middle = self.window.until(lambda s: 5e9 < int(s["time_ns"]) < 11e9)
        self.window.point(x + w / 4, y)
        later = self.window.until(lambda s: int(s["time_ns"]) > int(middle["time_ns"]))
        self.window.point(x - w, y)
        self.expect(cursor=0)
        self.window.xdotool("mouseup", 1)
        self.assertGreater(int(later["cursor"]), int(middle["cursor"]))

    def test_the_timeline_is_clicked_zoomed_and_panned(self):
        whole = self.expect(whole=1)
        self.window.click("AXIS", 0)
        self.window.until(lambda s: int(s["time_ns"]) > 5e9)
        self.window.xdotool("keydown", "ctrl", "click", 4, "click", 4, "keyup", "ctrl")
        near = self.expect_zoom(lambda zoom: zoom > float(whole["px_per_ns"]))
        self.window.key("d")
        self.window.until(lambda s: float(s["left_px"]) > float(near["left_px"]))
        x, y, _, _ = self.window.place("AXIS", 0)
        panned = self.window.state()
        self.window.point(x, y)
        self.window.xdotool("mousedown", 2, "mousemove_relative", 40, 0, "mouseup", 2)
        self.window.until(lambda s: float(s["left_px"]) < float(panned["left_px"]))
        self.window.key("f")
        self.expect(whole=1, px_per_ns=whole["px_per_ns"])
        self.window.key("w")
        self.expect_zoom(lambda zoom: zoom > float(whole["px_per_ns"]))

    def expect_zoom(self, fits):
        return self.window.until(lambda s: s["whole"] == "0" and fits(float(s["px_per_ns"])))

    def test_lanes_are_selected_and_stepped(self):
        self.window.click("NAME", 2)
        self.expect(selected=2)
        self.window.key("period")
        created = self.window.until(lambda s: int(s["cursor"]) > 0)
        self.assertEqual(created["time_ns"], "11000000000")
        self.window.key("Down")
        self.expect(selected=3)
        self.window.key("Escape")
        self.expect(selected=0)

    def test_output_lines_lead_to_their_moment(self):
        self.window.key("End")
        self.expect(time_ns=15500000000)
        x, y, _, _ = self.window.place("OUTPUT", 12)
        self.window.point(x, y)
        self.window.xdotool("click", "--repeat", 2, "--delay", 10, 1)
        self.window.until(lambda s: int(s["time_ns"]) < 15500000000)

    def test_the_help_comes_from_the_bindings(self):
        self.window.key("question")
        state = self.expect(help=1)
        for text in "Play or pause", "Step back", "Run again", "Full screen":
            self.assertIn(text, state["texts"])
        self.window.key("Escape")
        self.assertNotIn("Play or pause", self.expect(help=0)["texts"])
        self.window.click("BUTTON", BUTTON["HELP"])
        self.expect(help=1)
        self.window.click("OVERLAY")
        self.expect(help=0)

    def test_it_runs_the_script_again(self):
        self.window.key("End")
        end = self.expect(time_ns=15500000000)
        self.window.key("F5")
        again = self.window.until(lambda s: s["run"] == "over" and s["frame"] != end["frame"])
        for name in "cursor", "time_ns", "events":
            self.assertEqual(again[name], end[name])

    def test_it_closes_in_order(self):
        self.window.key("ctrl+q")
        self.assertEqual(self.window.program.wait(timeout=PATIENCE_S), 0)

    def test_it_can_be_resized_down_to_the_least_size(self):
        self.window.xdotool("windowsize", "--sync", self.window.id, 1024, 640)
        self.expect(size="1024x640")
        self.window.xdotool("windowsize", "--sync", self.window.id, 1500, 900)
        larger = self.expect(size="1500x900")
        self.window.key("ctrl+plus")
        self.window.until(lambda s: float(s["scale"]) > float(larger["scale"]))

    def test_it_looks_as_it_should_and_rests(self):
        folder = self.window.folder.name
        self.window.key("2")
        self.expect(step=1)
        self.window.key(*["Right"] * 8, "1")
        before = self.expect(step=0)
        self.window.key("Right")
        state = self.expect(number=int(before["number"]) + 1)
        for theme in "dark", "light", "contrast", "safe":
            self.expect(theme=theme)
            seen = os.path.join(folder, theme + ".png")
            self.window.picture(seen)
            shot = os.path.join(folder, theme + "-shot.png")
            run(self.program, "shot", SCENE, "-o", shot, "--event", state["cursor"], "--size",
                "%dx%d" % SIZE, "--theme", theme, cwd=ROOT)
            self.assertEqual(self.differing(seen, shot), 0, "the window and its picture differ")
            golden = os.path.join(GOLDEN, theme + ".png")
            if self.update:
                os.makedirs(GOLDEN, exist_ok=True)
                os.replace(shot, golden)
            else:
                self.assertLess(self.differing(seen, golden), TOLERANCE, golden)
            self.window.key("t")
        rest = self.expect(theme="dark")
        switches = self.switches()
        run(self.program, "shot", SCENE, "-o", os.path.join(folder, "meanwhile.png"), cwd=ROOT)
        self.assertEqual(self.window.state()["frame"], rest["frame"])
        self.assertLessEqual(self.switches() - switches, 2, "it does not rest while nothing happens")

    def switches(self):
        with open(f"/proc/{self.window.program.pid}/status", encoding="ascii") as lines:
            return sum(int(line.split()[1]) for line in lines if "ctxt_switches" in line)

    @staticmethod
    def differing(one, other):
        """The share of pixels that are not about the same."""
        done = subprocess.run(["compare", "-metric", "AE", "-fuzz", "3%", one, other, "null:"],
                              capture_output=True, text=True, check=False)
        return float(done.stderr.split()[0]) / (SIZE[0] * SIZE[1])


class TestTrouble(unittest.TestCase):
    """What the window says of scripts that go wrong."""

    def open(self, source, *options):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        script = os.path.join(folder.name, "script.py")
        with open(script, "w", encoding="utf-8") as file:
            file.write(source)
        window = Window(TestWindow.program, script, *options)
        self.addCleanup(window.close)
        window.key("End")
        return window

    def test_a_script_without_an_end_is_kept_up_to_its_budget(self):
        window = self.open("import asyncio\nasync def main():\n    while True:\n"
                           "        print('again')\n        await asyncio.sleep(1)\n"
                           "asyncio.run(main())\n", "--max-events", "2000")
        state = window.until(lambda s: s["run"] == "trouble" and s["cursor"] != "0")
        self.assertIn("again", state["texts"])
        self.assertGreater(int(state["events"]), 1000)

    def test_a_script_that_crashes_does_not_harm_the_window(self):
        window = self.open("import os, signal\nprint('before', flush=True)\n"
                           "os.kill(os.getpid(), signal.SIGKILL)\n")
        window.until(lambda s: s["run"] == "trouble" and "before" in s["texts"])
        window.key("t")
        window.until(lambda s: s["theme"] == "light")


if __name__ == "__main__":
    TestWindow.program = os.path.abspath(sys.argv[1])
    TestWindow.update = "--update" in sys.argv
    unittest.main(argv=[sys.argv[0], *[a for a in sys.argv[2:] if a != "--update"]])
