"""Recordings that tests make, looked at with ffprobe and ffmpeg; the first argument is the program."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
LESSONS = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "lessons"
GATHER = str(LESSONS / "02-gather.py")
SMALL = ("--size", "640x360", "--fps", "30")
SHORT = (*SMALL, "--duration", "2")


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def probe(path):
    """What ffprobe says of a file; its video stream as "video"."""
    words = "-v error -count_frames -show_streams -show_format -show_chapters -of json".split()
    found = json.loads(output("ffprobe", *words, str(path)))
    found["video"] = next(s for s in found["streams"] if s["codec_type"] == "video")
    return found


def frames(path, *options):
    """The md5 of each decoded frame, with its time."""
    text = output("ffmpeg", "-v", "error", "-i", str(path), *options, "-map", "0:v", "-f", "framemd5", "-")
    return [line.replace(" ", "") for line in text.splitlines() if not line.startswith("#")]


def cues(path):
    """[(name, begin, end, text)] of a WebVTT file."""
    pattern = r"\n\n(\S+)\n([\d:.]+) --> ([\d:.]+)\n(.*)"
    seconds = lambda text: sum(float(n) * 60**i for i, n in enumerate(reversed(text.split(":"))))
    return [(n, seconds(b), seconds(e), t) for n, b, e, t in re.findall(pattern, path.read_text())]


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_program(self, *arguments, **keywords):
        return subprocess.run(
            [PROGRAM, "record", *map(str, arguments)], capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=240, **keywords
        )  # fmt: skip

    def record(self, name, *arguments, script=GATHER, **keywords):
        """Records into a file of the test's folder; returns its path."""
        path = self.folder / name
        target = f"{path}/" if name.endswith("/") else path
        done = self.run_program(*arguments, "-o", target, script, **keywords)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return path

    def refused(self, message, *arguments, **keywords):
        """A recording that cannot be: one line that says so, and nothing is left behind."""
        before = sorted(self.folder.rglob("*"))
        done = self.run_program(*arguments, **keywords)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertRegex(done.stderr, rf"^awaitscope record: {message}\n$")
        self.assertEqual(sorted(self.folder.rglob("*")), before)
