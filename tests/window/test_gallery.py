"""test_gallery.py PROGRAM: the lessons, shown where no file is named, with real keys and mouse."""
import glob
import os
import sys
import unittest

from window import ROOT, Window

FIRST, SECOND = "A coroutine suspends and resumes", "gather, against one after another"


class TestGallery(unittest.TestCase):
    program = None

    def setUp(self):
        self.window = Window(self.program, None)
        self.addCleanup(self.window.close)

    def shows(self, *texts):
        return self.window.until(lambda s: all(text in s["texts"] for text in texts))

    def hides(self, *texts):
        return self.window.until(lambda s: not any(text in s["texts"] for text in texts))

    def shows_run_of(self, name):
        return self.window.until(
            lambda s: "Timeline" in s["texts"] and any(t.endswith(name) for t in s["texts"])
            and "Lessons" not in s["texts"])

    def test_arrows_and_enter_open_a_lesson(self):
        self.shows("Lessons", FIRST, SECOND)
        self.window.key("Right", "Return")
        self.shows_run_of("02-gather.py")
        self.window.key("ctrl+g")
        self.shows("Lessons", FIRST)
        self.window.key("Home", "Down", "Up", "Return")
        self.shows_run_of("01-coroutines.py")

    def test_a_click_opens_a_lesson_and_escape_goes_back_to_it(self):
        self.shows("Lessons")
        self.window.click("CARD", 1)
        self.shows_run_of("02-gather.py")
        self.window.key("ctrl+g")
        self.shows("Lessons")
        self.window.key("Escape")
        self.hides("Lessons")
        self.shows_run_of("02-gather.py")

    def test_a_file_that_is_picked_takes_its_place(self):
        self.shows("Lessons")
        self.window.key("ctrl+o")
        self.shows("Open")
        self.window.xdotool("type", os.path.join(ROOT, "scenarios", "lessons", "03-time-sleep.py"))
        self.window.key("Return")
        self.shows_run_of("03-time-sleep.py")

    def test_the_first_lesson_lies_below(self):
        self.shows("Lessons")
        self.window.key("Escape")
        self.shows_run_of("01-coroutines.py")

    def test_each_lesson_gets_a_thumbnail_which_is_kept(self):
        self.shows("Lessons")
        lessons = len(glob.glob(os.path.join(ROOT, "scenarios", "lessons", "*.py")))
        kept = os.path.join(self.window.folder.name, ".cache", "awaitscope", "thumbnails", "*")
        self.window.until(lambda s: len(glob.glob(kept)) == lessons)
        self.assertFalse([name for name in glob.glob(kept) if os.path.getsize(name) < 1000])

    def test_keys_of_the_window_work_and_those_of_the_run_do_not(self):
        self.shows("Lessons")
        self.window.key("t")
        self.window.until(lambda s: s["theme"] == "light")
        self.window.key("space", "period", "F5", "f")
        self.window.key("ctrl+p")
        state = self.shows("Commands")
        self.assertEqual((state["cursor"], state["playing"]), ("0", "0"))


if __name__ == "__main__":
    TestGallery.program = os.path.abspath(sys.argv.pop(1))
    unittest.main()
