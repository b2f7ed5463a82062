"""test_recording.py PROGRAM: recording from the window, with real keys and a real mouse."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from window import BUTTON, ROOT, Window, numbers

ROW = numbers("render/view/record.h", "RND_RECORD_")
CHOICES_MAX = 5
LESSON = os.path.join(ROOT, "scenarios", "lessons", "02-gather.py")
GATE = """\
import asyncio
import itertools
import os

GATE = "open"  # param: open|shut: whether it waits until a file is there


async def main():
    for _ in range(3):
        await asyncio.sleep(1)
    GATE == "open" or any(os.path.exists({!r}) for _ in itertools.count())
    for _ in range(3):
        await asyncio.sleep(1)


asyncio.run(main())
"""


class TestRecording(unittest.TestCase):
    program = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.script = os.path.join(self.folder, "gather.py")
        shutil.copy(LESSON, self.script)
        self.window = Window(self.program, self.script, "--theme", "light")
        self.addCleanup(self.window.close)

    def expect(self, **values):
        wanted = {name: str(value) for name, value in values.items()}
        return self.window.until(lambda s: all(s[name] == wanted[name] for name in wanted))

    def path(self, name):
        return os.path.join(self.folder, name)

    def files(self):
        return sorted(name for name in os.listdir(self.folder) if name != "gather.py")

    def choose(self, row, choice):
        self.window.click("RECORD", ROW[row] * CHOICES_MAX + choice)

    def probe(self, path):
        words = "-v error -show_streams -show_format -of json".split()
        found = subprocess.run(["ffprobe", *words, path], check=True, capture_output=True, text=True)
        return json.loads(found.stdout)

    def picture_at(self, path, seconds):
        words = ["ffmpeg", "-v", "error", "-ss", str(seconds), "-i", path, "-frames:v", "1", "-f", "framemd5", "-"]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout

    def test_keys_record_a_part_at_the_pace_on_screen(self):
        self.window.key("Right", "Right", "r", "Right", "Right", "Right", "Right", "r")
        self.window.until(lambda s: s["range"] != "")
        self.window.key("u")
        self.expect(lasts_s=5)
        self.window.key("ctrl+r")
        state = self.expect(record="asks")
        self.assertIn("The selected range", state["texts"])
        self.assertIn(self.path("gather.mp4"), state["texts"])
        self.window.key("Down", "Down", "Left", "Left", "Down", "Left", "Return")
        self.expect(record="done")
        found = self.probe(self.path("gather.mp4"))
        video = found["streams"][0]
        self.assertEqual((video["width"], video["height"]), (960, 540))
        self.assertEqual(video["r_frame_rate"], "30/1")
        self.assertEqual(float(found["format"]["duration"]), 5)
        self.assertEqual(self.files(), ["gather.mp4"])
        self.window.key("Return")
        self.expect(record="")

    def test_the_mouse_chooses_and_names_are_not_taken_twice(self):
        with open(self.path("gather.gif"), "w", encoding="ascii"):
            pass
        self.window.key("u")
        self.expect(lasts_s=5)
        self.window.click("BUTTON", BUTTON["RECORD"])
        self.expect(record="asks")
        self.choose("FORMAT", 2)
        self.window.until(lambda s: self.path("gather-2.gif") in s["texts"])
        self.window.click("RECORD", 1000)
        self.expect(record="done")
        self.assertEqual(self.files(), ["gather-2.gif", "gather.gif"])

    def test_a_recording_can_be_cancelled_and_leaves_nothing(self):
        self.window.key("ctrl+r")
        self.expect(record="asks")
        self.choose("SIZE", 4)
        self.window.key("Return")
        self.expect(record="goes_on")
        self.window.until(lambda s: any("% recorded" in text for text in s["texts"]))
        self.window.key("Escape")
        state = self.expect(record="asks")
        self.assertIn("Cancelled: nothing is left of it.", state["texts"])
        self.assertEqual(self.files(), [])
        self.window.key("Escape")
        self.expect(record="")

    def test_compared_runs_are_recorded_as_they_are_shown(self):
        self.window.key("ctrl+d")
        self.expect(runs=2)
        self.window.key("ctrl+Up")
        self.window.until(lambda s: s["param-PAUSE"] == "1.9" and s["run"] == "over")
        self.window.key("ctrl+r")
        self.expect(record="asks")
        self.choose("LAYOUT", 2)
        self.choose("SIZE", 0)
        self.choose("RATE", 0)
        self.choose("CAPTIONS", 1)
        self.choose("LENGTH", 0)
        self.window.xdotool("type", "--delay", 4, "40")
        self.window.key("Return")
        self.expect(record="done")
        found = self.probe(self.path("gather.mp4"))
        self.assertEqual(float(found["format"]["duration"]), 40)
        with open(self.path("gather.vtt"), encoding="utf-8") as file:
            text = file.read()
        self.assertIn("PAUSE = 1.5 s, gather is done after 4.5 s, PAUSE = 1.9 s, serial after 12.2 s: 7.7 s saved.", text)

    def test_a_compared_run_that_was_stopped_is_recorded_up_to_there(self):
        with open(self.script, "w", encoding="utf-8") as file:
            file.write(GATE.format(self.path("gate")))
        self.window.until(lambda s: s.get("param-GATE") == "open" and s["run"] == "over")
        self.window.key("ctrl+d")
        self.expect(runs=2)
        self.window.key("ctrl+Up")
        self.window.until(lambda s: s["param-GATE"] == "shut" and s["run"] == "goes_on")
        self.window.key("shift+F5")
        self.expect(run="trouble")
        # From now on it would go through.
        with open(self.path("gate"), "w", encoding="ascii"):
            pass
        self.window.key("ctrl+r")
        self.expect(record="asks")
        self.choose("SIZE", 0)
        self.choose("RATE", 0)
        self.choose("CAPTIONS", 1)
        self.window.key("Return")
        self.expect(record="done")
        with open(self.path("gather.vtt"), encoding="utf-8") as file:
            self.assertIn("shut was stopped after 3.0 s, open after 6.0 s.", file.read())

    def test_cards_voice_and_length_are_chosen(self):
        self.window.key("ctrl+r")
        state = self.expect(record="asks")
        self.assertIn("as long as it takes, or so many seconds", state["texts"])
        self.choose("VOICE", 1)
        self.choose("FORMAT", 2)
        # A GIF has no sound, and spends no time on a title.
        state = self.window.until(lambda s: "Speaks the captions" not in s["texts"])
        self.assertNotIn("Shown", state["texts"])
        self.choose("FORMAT", 0)
        self.choose("TITLE", 1)
        self.choose("SIZE", 0)
        self.choose("RATE", 0)
        self.window.key("Up", "Up", "Up", "Up", "Up")
        self.choose("END", 0)
        self.window.xdotool("type", "--delay", 4, "Next: locks")
        self.window.key("Tab")
        self.window.xdotool("type", "--delay", 4, "4.5")
        self.window.until(lambda s: "4.5" in s["texts"] and "Next: locks" in s["texts"])
        self.window.key("Return")
        self.expect(record="done")
        self.assertEqual(float(self.probe(self.path("gather.mp4"))["format"]["duration"]), 4.5)
        last = self.picture_at(self.path("gather.mp4"), 4.3)
        self.window.key("Return", "ctrl+r")
        self.expect(record="asks")
        self.choose("END", 0)
        self.window.key("ctrl+a", "BackSpace", "Return")
        self.expect(record="done")
        self.assertNotEqual(last, self.picture_at(self.path("gather-2.mp4"), 4.3))
        self.window.key("Return", "ctrl+r")
        self.expect(record="asks")
        self.choose("LENGTH", 0)
        self.window.xdotool("type", "--delay", 4, "x")
        self.window.key("Return")
        self.window.until(lambda s: any("is no number of seconds" in text for text in s["texts"]))

    def test_what_goes_wrong_is_said(self):
        self.window.key("ctrl+r")
        self.expect(record="asks")
        self.choose("FILE", 0)
        self.window.key("ctrl+a")
        self.window.xdotool("type", "--delay", 0, "/nowhere/at/all.mp4")
        self.window.until(lambda s: "/nowhere/at/all.mp4" in s["texts"])
        self.window.key("Return")
        state = self.window.until(lambda s: any("No such file" in text for text in s["texts"]))
        self.assertEqual(state["record"], "asks")

    def test_playing_looks_where_the_lesson_says(self):
        with open(self.script, "w", encoding="utf-8") as file:
            file.write("import asyncio\n\n\nasync def work():\n    await asyncio.sleep(100)\n\n\n"
                       "async def main():\n    # focus: work\n    # zoom: 0.0..10.0\n"
                       "    # note: Nothing happens for long.\n    await asyncio.gather(work(), work())\n\n\n"
                       "asyncio.run(main())\n")
        whole = self.window.until(lambda s: "await asyncio.gather(work(), work())" in "".join(s["texts"]))
        self.expect(directed="", run="over")
        self.window.key("Home", "space")
        near = self.window.until(
            lambda s: s["directed"] == "work" and float(s["px_per_ns"]) > 2 * float(whole["px_per_ns"]))
        self.assertEqual(near["whole"], "1")
        self.window.until(lambda s: "Nothing happens for long." in s["texts"])
        self.window.key("space")
        self.expect(playing=0, directed="work")
        # Whoever goes on alone is not led.
        self.window.key("End")
        self.expect(directed="")
        self.assertAlmostEqual(
            float(self.window.state()["px_per_ns"]), float(whole["px_per_ns"]), delta=1e-12)

    def test_closing_the_window_ends_the_recording(self):
        self.window.key("ctrl+r")
        self.expect(record="asks")
        self.choose("SIZE", 4)
        self.window.key("Return")
        self.expect(record="goes_on")
        self.window.key("ctrl+q")
        self.assertEqual(self.window.program.wait(60), 0)
        self.assertEqual(self.files(), [])


if __name__ == "__main__":
    TestRecording.program = sys.argv.pop(1)
    unittest.main(verbosity=2)
