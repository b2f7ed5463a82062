"""test_inspector.py PROGRAM: what is selected is inspected, down to frames and variables, by real keys
and a real mouse."""
import os
import sys
import unittest

from window import PANEL, Window

SCENE = os.path.join("tests", "window", "scene.py")


class TestInspector(unittest.TestCase):
    program = None

    def setUp(self):
        self.window = Window(self.program, SCENE)
        self.addCleanup(self.window.close)
        self.window.until(lambda s: s["run"] == "over")

    def twice(self, kind, value=None):
        x, y, _, _ = self.window.place(kind, value)
        self.window.point(x, y)
        self.window.xdotool("click", "--repeat", 2, "--delay", 10, 1)

    def until_told(self, *texts):
        return self.window.until(lambda s: all(text in s["texts"] for text in texts))

    def go_to_first_sleep(self):
        """To where main sleeps for the first time."""
        for _ in range(60):
            if "main sleeps for 1.5 s; until then the loop is free to run others." in (
                    self.window.state()["texts"]):
                return
            number = int(self.window.state()["number"])
            self.window.key("Right")
            self.window.until(lambda s, n=number: int(s["number"]) == n + 1)
        self.fail("main does not sleep")

    def test_a_task_tells_its_frames_and_variables(self):
        self.go_to_first_sleep()
        self.twice("NAME", 1)
        self.until_told("waits for", "sleep(1.5) · 1.5 s left", "Coroutine stack", "io_task", "pause",
                        "1.5", "line 10")
        # What is cut short is told whole where the pointer rests.
        x, y, _, _ = self.window.place("LOCAL", 0)
        self.window.point(x, y)
        self.window.until(lambda s: s["tip"] == "name = 'A'")
        # They follow the cursor, by themselves.
        self.window.key("End")
        self.until_told("returned")
        self.window.key("Home")
        self.window.until(lambda s: "Coroutine stack" not in s["texts"])

    def test_what_is_told_leads_on(self):
        self.go_to_first_sleep()
        self.twice("TIMER")
        self.until_told("due at", "Wakes")
        facts = [hit for hit in self.window.state()["hits"] if hit[0] == self.window.kind("FACT")]
        self.window.click("FACT", facts[-1][1])  # whom it wakes
        self.window.until(lambda s: s["selected"] == "1" and "made by" in s["texts"])
        self.window.key("Escape")
        self.window.until(lambda s: s["selected"] == "0")
        self.window.key("i")
        self.window.until(lambda s: "made by" not in s["texts"])

    def test_what_runs_and_what_is_ready_can_be_chosen(self):
        self.window.key("4")
        self.window.key(*["End"])
        self.window.until(lambda s: s["cursor"] == s["events"])
        for _ in range(200):
            if any(hit[0] == self.window.kind("QUEUED") for hit in self.window.state()["hits"]):
                break
            number = self.window.state()["cursor"]
            self.window.key("Left")
            self.window.until(lambda s, n=number: s["cursor"] != n)
        self.twice("QUEUED")
        self.window.until(lambda s: any(hit[0] == self.window.kind("INSPECTOR")
                                        for hit in s["hits"]))

    def test_the_output_of_one_task_can_be_read_alone(self):
        self.window.key("End")
        self.until_told("B: 2 of 2")
        self.window.click("NAME", 2)
        self.window.until(lambda s: s["selected"] == "2")
        self.window.click("OUTPUT_ONLY")
        self.window.until(lambda s: "B: 2 of 2" not in s["texts"] and "A: 3 of 3" in s["texts"])
        self.window.key("e")
        self.until_told("B: 2 of 2")

    def test_the_output_is_filtered_by_what_is_typed(self):
        self.window.key("End")
        self.until_told("B: 2 of 2", "A: 3 of 3")
        self.window.key("ctrl+shift+f")
        self.window.until(lambda s: "what lines contain" in s["texts"])
        self.window.xdotool("type", "--delay", 0, "b: ")
        self.window.until(lambda s: s["output"] == "||b: " and "A: 3 of 3" not in s["texts"]
                          and "B: 2 of 2" in s["texts"])
        self.window.key("Return")
        self.window.until(lambda s: any(hit[0] == self.window.kind("OUTPUT_FILTER")
                                        for hit in s["hits"]))
        self.window.click("OUTPUT_FILTER")
        self.window.until(lambda s: any(hit[0] == self.window.kind("FIELD") for hit in s["hits"]))
        self.window.key("Escape")
        self.window.until(lambda s: s["output"] == "||" and "A: 3 of 3" in s["texts"])

    def test_the_output_of_a_range_can_be_read_alone(self):
        self.window.key("End")
        self.until_told("B: 2 of 2", "A: 3 of 3")
        last = self.window.state()["time_ns"]
        self.window.key("r", *["Left"] * 6, "r")
        self.window.until(lambda s: s["range"].endswith(" " + last))
        self.window.key("shift+e", "End")
        self.window.until(lambda s: s["output"] == "|range|" and "A: 3 of 3" not in s["texts"])
        self.window.click("OUTPUT_RANGE")
        self.window.until(lambda s: s["output"] == "||" and "A: 3 of 3" in s["texts"])

    def test_the_inspector_collapses_as_any_panel(self):
        self.window.key("i")
        self.until_told("Inspector")
        self.window.click("PANEL", PANEL["INSPECTOR"])
        self.window.until(lambda s: not any(hit[0] == self.window.kind("INSPECTOR")
                                            for hit in s["hits"]))


if __name__ == "__main__":
    TestInspector.program = os.path.abspath(sys.argv[1])
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
