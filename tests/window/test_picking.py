"""test_picking.py PROGRAM: commands, files and finds picked with real keys and a real mouse."""
import os
import sys
import unittest

from window import BUTTON, PATIENCE_S, Window, run

SCENE = os.path.join("tests", "window", "scene.py")


class TestPicking(unittest.TestCase):
    program = None

    def setUp(self):
        self.window = Window(self.program, SCENE)
        self.addCleanup(self.window.close)

    def shows(self, *texts):
        return self.window.until(lambda s: all(text in s["texts"] for text in texts))

    def hides(self, *texts):
        return self.window.until(lambda s: not any(text in s["texts"] for text in texts))

    def expect(self, **values):
        wanted = {name: str(value) for name, value in values.items()}
        return self.window.until(lambda s: all(s[name] == wanted[name] for name in wanted))

    def type(self, text):
        self.window.xdotool("type", "--delay", 0, text)

    def test_a_command_is_found_by_its_letters(self):
        self.window.key("ctrl+p")
        self.shows("Commands", "Play or pause")
        self.type("goend")
        self.shows("1 command")
        self.window.key("Return")
        self.expect(time_ns=15500000000)
        self.hides("Commands")

    def test_arrows_and_the_mouse_choose_a_command(self):
        self.window.key("ctrl+p")
        self.type("step by")
        self.shows("4 commands")
        self.window.key("Down", "Down", "Return")
        self.expect(step=2)
        self.window.key("ctrl+p")
        self.type("step by")
        self.shows("4 commands")
        self.window.click("ROW", 1)
        self.expect(step=1)

    def test_buttons_open_what_keys_open(self):
        for button, title in ("LESSONS", "Lessons"), ("SEARCH", "Search"), ("COMMANDS", "Commands"), \
                ("PREDICT", "Which task runs next?"):
            self.window.click("BUTTON", BUTTON[button])
            self.shows(title)
            self.window.key("Escape")
            self.hides(title)

    def test_nothing_below_it_answers(self):
        self.window.place("AXIS")
        self.window.key("ctrl+p")
        kinds = {hit[0] for hit in self.shows("Commands")["hits"]}
        self.assertLessEqual({self.window.kind("ROW"), self.window.kind("OVERLAY")}, kinds)
        self.assertNotIn(self.window.kind("AXIS"), kinds)

    def test_escape_or_a_click_beside_it_closes_it(self):
        for close in (lambda: self.window.key("Escape"),
                      lambda: self.window.click("OVERLAY", shift=-0.49)):
            self.window.key("ctrl+p")
            self.type("zzz")
            self.shows("no command is called so")
            close()
            self.hides("Commands")
        self.expect(cursor=0)

    def test_search_finds_and_goes_there(self):
        self.window.key("slash")
        self.shows("Search")
        self.type("TOGETHER")
        self.shows("source", "output")
        self.window.key("Down", "Return")
        self.hides("Search")
        self.shows("TOGETHER", "Shift N", "back")
        self.expect(time_ns=15500000000)
        self.window.key("slash")
        self.shows("TOGETHER", "Search")
        self.type("gather")
        self.window.key("Return")
        self.expect(time_ns=11000000000)
        cursor = int(self.window.state()["cursor"])
        self.window.key("n")
        later = self.window.until(lambda s: int(s["cursor"]) > cursor)
        self.window.key("shift+n")
        self.expect(cursor=cursor)
        self.assertGreater(int(later["cursor"]), cursor)
        self.window.key("Escape")
        self.hides("Shift N")

    def test_a_task_that_is_found_is_selected(self):
        self.window.key("slash")
        self.type("io_task #2")
        self.shows("task")
        self.window.key("Return")
        self.expect(selected=3)

    def test_another_file_is_opened_from_its_folder(self):
        self.window.key("ctrl+o")
        self.shows("Open", "scene.py")
        self.type("../../scenarios/less")
        self.shows("less", "ons")  # in two colours
        self.window.key("Return")
        self.shows("01-coroutines.py")
        self.type("gath")
        self.window.key("Tab")
        self.shows("../../scenarios/lessons/02-gather.py")
        self.window.key("Return")
        self.shows("gather, against one after another")
        self.window.key("ctrl+o")
        self.shows("recent")
        self.type("scene")
        self.window.key("Return")
        self.expect(run="over", cursor=0)
        self.hides("gather, against one after another")

    def test_the_window_is_called_as_what_it_shows(self):
        self.window.key("ctrl+o")
        self.type("../../scenarios/lessons/02-gather.py")
        self.window.key("Return")
        self.shows("gather, against one after another")
        self.window.until(lambda _: "02-gather.py - awaitscope" in run(
            "xdotool", "getwindowname", self.window.id, env=self.window.env))

    def test_it_closes_in_order_whatever_is_open(self):
        self.window.key("ctrl+g", "ctrl+p", "ctrl+o")
        self.shows("Open")
        self.window.key("ctrl+q")
        self.assertEqual(self.window.program.wait(timeout=PATIENCE_S), 0)

    def test_a_key_that_closes_it_does_nothing_else(self):
        self.window.key("Down")
        self.expect(selected=1)
        self.window.key("ctrl+p")
        self.shows("Commands")
        self.window.key("Escape")
        self.hides("Commands")
        self.expect(selected=1)
        self.window.key("slash")
        self.type("io_task #2")
        self.shows("task")
        self.window.key("Return")  # which would fold a lane otherwise
        self.expect(selected=3)
        self.shows("io_task #2", "io_task #3")

    def test_what_is_no_file_is_said_and_the_run_stays(self):
        events = self.expect(run="over")["events"]
        self.window.key("ctrl+o")
        self.type("/nowhere/at-all.py")
        self.window.key("Return")
        self.shows("/nowhere/at-all.py: No such file or directory")
        self.window.key("Escape")
        self.expect(events=events)

    def test_a_file_that_cannot_run_leaves_the_last_run(self):
        broken = os.path.join(self.window.folder.name, "broken.py")
        with open(broken, "w", encoding="ascii") as file:
            file.write("import asyncio\nasync def main(:\n    pass\n")
        events = self.expect(run="over")["events"]
        self.window.key("ctrl+o")
        self.type(broken)
        self.window.key("Return")
        self.window.until(lambda s: any("broken.py:2: SyntaxError" in t for t in s["texts"]))
        self.expect(events=events)


if __name__ == "__main__":
    TestPicking.program = os.path.abspath(sys.argv.pop(1))
    unittest.main()
