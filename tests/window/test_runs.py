"""test_runs.py PROGRAM: scripts are run again with other parameters, when they are saved and beside
each other, by real keys, a real mouse and real saves."""
import os
import sys
import tempfile
import unittest

from window import ROOT, Window

SCRIPT = """import asyncio
LIMIT = 2.0  # param: 0.5..6.0 step 0.5 s: how long the wait may take
WAY = "short"  # param: short|long: which way


async def worker():
    await asyncio.sleep(4 if WAY == "long" else 1.5)


async def main():
    await asyncio.gather(worker(), asyncio.sleep(LIMIT))
    print("limit", LIMIT)


asyncio.run(main())
"""
LESSON = os.path.join(ROOT, "scenarios", "lessons", "02-gather.py")


class TestRuns(unittest.TestCase):
    program = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.script = os.path.join(self.folder.name, "script.py")
        self.save(SCRIPT)

    def save(self, text):
        """In place, as some editors do."""
        with open(self.script, "w", encoding="utf-8") as file:
            file.write(text)

    def save_beside(self, text):
        """Beside, and renamed over it, as the others do."""
        beside = self.script + "~"
        with open(beside, "w", encoding="utf-8") as file:
            file.write(text)
        os.rename(beside, self.script)

    def open(self, script, *options, **more):
        self.window = Window(self.program, script, *options, **more)
        self.addCleanup(self.window.close)

    def until(self, **expected):
        return self.window.until(
            lambda s: all(s.get(name.replace("_of_", "-")) == value
                          for name, value in expected.items()))

    def test_compared_runs_of_a_script_have_the_same_marks(self):
        self.open(None, self.script, self.script, "LIMIT=0.5", command=["compare"])
        self.until(runs="2", focus="0", marks="")
        self.window.key("m", "Return")
        self.until(marks="mark 1")
        self.window.key("Tab")
        self.until(focus="1", marks="mark 1")
        self.window.key("End", "m", "Return")
        self.until(marks="mark 1|mark 2")
        self.window.key("Tab")
        self.until(focus="0", marks="mark 1|mark 2")

    def test_a_mark_is_kept_that_is_named_when_the_script_is_saved(self):
        self.open(self.script)
        self.window.key("m")
        self.until(field="mark 1")
        self.window.xdotool("type", "here")
        self.until(field="here")
        self.save(SCRIPT + "print(1)\n")
        self.until(editing="0", marks="here")
        self.window.key("End", "m", "Return")
        self.until(marks="here|mark 2")

    def until_end(self, seconds):
        """Until the run that is shown takes so long."""
        self.window.until(lambda s: f"/ {seconds} s" in s["texts"])

    def at_time(self, seconds):
        """Puts the cursor at a time between instants, by a click on the strip."""
        x, y, w, _ = self.window.place("STRIP")
        share = -0.5
        while share < 0.5:
            self.window.click("STRIP", None, share)
            state = self.window.until(lambda s: True)
            if abs(int(state["time_ns"]) / 1e9 - seconds) < 0.1:
                return int(state["time_ns"])
            share += 0.02
        self.fail(f"the strip does not lead to {seconds} s")

    def test_a_slider_is_dragged_and_the_cursor_stays_in_time(self):
        self.open(self.script)
        self.until_end("2.000")
        time_ns = self.at_time(1.0)
        x, y, w, h = self.window.place("PARAM", 0)
        self.window.point(x - w / 2 + h / 4 + 1, y)
        self.window.xdotool("mousedown", 1)
        self.until(**{"param-LIMIT": "0.5"})
        self.until_end("1.500")
        self.window.point(x + w / 2, y)
        self.until(**{"param-LIMIT": "6.0"})
        self.window.xdotool("mouseup", 1)
        self.until_end("6.000")
        self.window.until(lambda s: abs(int(s["time_ns"]) - time_ns) < 1000)

    def test_a_value_is_stepped_typed_and_reset(self):
        self.open(self.script)
        self.window.key("ctrl+Up")
        self.until(**{"param-LIMIT": "2.5"})
        self.until_end("2.500")
        self.window.key("ctrl+Down", "ctrl+Down")
        self.until(**{"param-LIMIT": "1.5"})
        self.window.key("F2")
        self.until(typing="1")
        self.window.key("4", "x", "Return")
        self.until(typing="1", remark="LIMIT can be from 0.5 s to 6.0 s.",
                   **{"param-LIMIT": "1.5"})
        self.window.key("BackSpace", "Return")
        self.until(typing="0", **{"param-LIMIT": "4.0"})
        self.until_end("4.000")
        x, y, _, _ = self.window.place("PARAM", 0)
        self.window.point(x, y)
        self.window.xdotool("click", "--repeat", 2, "--delay", 10, 1)
        self.until(**{"param-LIMIT": "2.0"})
        self.until_end("2.000")
        self.window.key("v", "ctrl+Up")
        self.until(**{"param-WAY": "long"})
        self.until_end("4.000")
        self.window.key("shift+F2")
        self.until(**{"param-WAY": "short"})

    def test_words_are_clicked_and_the_command_line_gives_values(self):
        self.open(self.script, "--param", "LIMIT=3.5")
        self.until(**{"param-LIMIT": "3.5"})
        self.until_end("3.500")
        self.window.click("PARAM_WORD", 16 + 1)
        self.until(**{"param-WAY": "long"})
        self.until_end("4.000")

    def test_a_saved_script_is_run_again_however_it_is_saved(self):
        self.open(self.script)
        time_ns = self.at_time(1.0)
        for save, limit in (self.save, "5.0"), (self.save_beside, "3.0"):
            save(SCRIPT.replace("LIMIT = 2.0", f"LIMIT = {limit}"))
            self.until_end(limit + "00")
            self.until(time_ns=str(time_ns))
        for limit in range(2, 7):
            self.save(SCRIPT.replace("LIMIT = 2.0", f"LIMIT = {limit}.0"))
        self.until_end("6.000")

    def test_an_error_is_shown_with_its_line_and_the_last_good_run_stays(self):
        self.open(self.script)
        self.until_end("2.000")
        self.save(SCRIPT.replace("import asyncio", "import asyncio\nx = = 1"))
        self.until(trouble="script.py:2: SyntaxError: invalid syntax")
        self.assertIn("/ 2.000 s", self.window.state()["texts"])
        self.save(SCRIPT.replace("asyncio.run", "nonsense.run"))
        self.until(trouble="script.py:15: NameError: name 'nonsense' is not defined")
        self.window.key("Escape")
        self.until(trouble="")
        self.save(SCRIPT)
        self.until(trouble="", run="over")
        self.window.key("F5")
        self.until(trouble="", run="over")

    def test_a_script_that_is_wrong_from_the_start_runs_once_it_is_right(self):
        self.save("def f(:\n")
        self.open(self.script)
        self.until(trouble="script.py:1: SyntaxError: invalid syntax")
        self.save(SCRIPT)
        self.until(trouble="")
        self.until_end("2.000")

    def test_a_lesson_opens_as_a_comparison_with_one_playhead(self):
        self.open(LESSON)
        self.window.key("ctrl+d")
        self.until(runs="2", focus="0")
        state = self.window.until(lambda s: "done after 4.5 s" in s["texts"] and s["run"] == "over")
        for text in "serial", "gather", "done after 11.0 s", "done after 4.5 s", "6.5 s saved":
            self.assertIn(text, state["texts"])
        self.window.key("End")
        self.until(time_ns="11000000000")
        self.assertIn("gather is done after 4.5 s, serial after 11.0 s: 6.5 s saved.",
                      self.window.state()["texts"])
        self.window.key("Tab")
        self.until(focus="1", time_ns="11000000000", **{"param-WAYS": "gather"})
        self.window.key("Left")
        self.until(time_ns="9750000000")
        self.window.key("Right")
        self.until(time_ns="11000000000")
        # Where the lanes are depends on the range, and on the runs that are there no longer.
        self.window.key("r", "Left", "r")
        self.window.until(lambda s: s["range"])
        self.window.key("ctrl+shift+d")
        self.until(runs="1", time_ns="4500000000", **{"param-WAYS": "gather"})

    def test_the_same_run_stands_beside_itself_to_be_changed(self):
        self.open(self.script)
        self.window.key("ctrl+d")
        self.until(runs="2", focus="1")
        self.window.key("ctrl+Up")
        state = self.window.until(lambda s: "LIMIT = 2.5 s" in s["texts"])
        self.assertIn("LIMIT = 2.0 s", state["texts"])
        _, _, x, y, w, h = next(hit for hit in state["hits"]
                                if hit[0] == self.window.kind("NAME"))
        self.window.point(x + w / 2, y + h / 2)
        self.window.xdotool("click", 1)
        self.until(focus="0", selected="1")
        self.save(SCRIPT.replace("1.5)", "5)"))
        self.window.until(lambda s: s["texts"].count("done after 5.0 s") == 2)
        self.until(runs="2", focus="0", **{"param-LIMIT": "2.0"})

    def test_a_file_is_picked_to_compare_with(self):
        with open(os.path.join(self.folder.name, "other.py"), "w", encoding="utf-8") as file:
            file.write("# title: the other\nimport asyncio\nasyncio.run(asyncio.sleep(0.25))\n")
        self.open(self.script)
        self.window.key("ctrl+shift+o")
        self.window.until(lambda s: "Compare with" in s["texts"] and "other.py" in s["texts"])
        self.window.xdotool("type", "--delay", 0, "other")
        self.window.key("Return")
        self.until(runs="2", focus="1")
        self.window.until(lambda s: "done after 0.25 s" in s["texts"])
        self.window.key("ctrl+shift+d")
        self.until(runs="1")

    def test_files_are_compared_from_the_command_line_and_played(self):
        other = os.path.join(self.folder.name, "other.py")
        with open(other, "w", encoding="utf-8") as file:
            file.write("# title: the other\nimport asyncio\nasyncio.run(asyncio.sleep(0.25))\n")
        self.open(None, other, self.script, "LIMIT=0.5", command=["compare"])
        self.until(runs="2", focus="0")
        state = self.window.until(lambda s: "done after 1.5 s" in s["texts"])
        self.assertIn("the other", state["texts"])
        self.assertIn("script.py · LIMIT = 0.5 s", state["texts"])
        self.window.key("plus", "plus", "plus", "plus", "Home", "space")
        self.until(playing="0", time_ns="1500000000")

    def test_a_compared_run_that_may_have_few_events_keeps_to_it(self):
        self.open(None, self.script, "max-events=20", self.script, command=["compare"])
        self.until(runs="2", focus="0", run="trouble", events="21")
        self.window.key("Tab")
        self.until(focus="1", run="over")
        self.window.key("shift+Tab", "ctrl+Up")
        self.until(**{"focus": "0", "run": "trouble", "events": "21", "param-LIMIT": "2.5"})


if __name__ == "__main__":
    TestRuns.program = os.path.abspath(sys.argv.pop(1))
    unittest.main()
