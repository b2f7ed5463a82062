"""test_predict.py PROGRAM: predicting which task runs next, with real keys and a real mouse."""
import os
import sys
import unittest

from window import Window

SCENE = os.path.join("tests", "window", "scene.py")
QUESTION = "Which task runs next?"
NEXT, LEAVE = 100, 101


class TestPredict(unittest.TestCase):
    program = None

    def setUp(self):
        self.window = Window(self.program, SCENE)
        self.addCleanup(self.window.close)
        self.window.key("q")
        self.first = self.shows(QUESTION, "main now awaits gather.")

    def shows(self, *texts):
        return self.window.until(lambda s: all(text in s["texts"] for text in texts))

    def test_a_right_and_a_wrong_answer_are_counted(self):
        self.window.key("2")
        self.shows("Right: io_task #1 runs next.", "1 of 1 right")
        self.window.click("CHOICE", NEXT)
        self.shows(QUESTION, "io_task #1 now awaits sleep(1.5).")
        self.window.click("CHOICE", 0)
        self.shows("No: io_task #2 runs next.", "1 of 2 right")

    def test_nothing_tells_the_answer_before(self):
        self.window.key("Right", "period", "End", "space", "slash", "n", "F5")
        x, y, w, _ = self.window.place("STRIP")
        self.window.point(x + w / 4, y)
        self.window.xdotool("click", 1, "click", 4, "click", 5)
        self.window.key("question")
        state = self.shows("Keys and mouse")
        self.assertEqual((state["cursor"], state["playing"]), (self.first["cursor"], "0"))
        self.window.key("Escape")
        self.assertEqual(self.shows(QUESTION)["cursor"], self.first["cursor"])

    def test_it_ends_with_the_score_and_begins_anew(self):
        self.window.key(*["1", "Return"] * 10)  # so many switches leave a choice
        self.shows("You predicted 0 of 10 switches.")
        state = self.shows("Once more (Enter)")
        self.assertEqual(state["cursor"], state["events"])
        self.window.key("Return")
        self.shows(QUESTION, "main now awaits gather.")

    def test_it_is_left_at_any_time(self):
        for leave in (lambda: self.window.key("Escape"), lambda: self.window.key("q"),
                      lambda: self.window.click("CHOICE", LEAVE)):
            leave()
            self.window.until(lambda s: QUESTION not in s["texts"])
            self.window.key("q")
            self.shows(QUESTION)


if __name__ == "__main__":
    TestPredict.program = os.path.abspath(sys.argv.pop(1))
    unittest.main()
