"""What the tests of the command line share: the program, and ways to run it."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
LESSONS = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "lessons"
GATHER = str(LESSONS / "02-gather.py")


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def script(self, text, name="script.py"):
        path = self.folder / name
        path.write_text(text)
        return str(path)

    def run_program(self, *arguments, **keywords):
        return subprocess.run(
            [PROGRAM, *arguments], capture_output=True, stdin=subprocess.DEVNULL, timeout=120, **keywords
        )

    def check(self, arguments, code=0, out=None, err=None):
        """Runs a command and compares exit code and output."""
        done = self.run_program(*arguments)
        stdout, stderr = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, stdout + stderr)
        if out is not None:
            self.assertEqual(stdout, out)
        if err is not None:
            self.assertEqual(stderr, err)
        return stdout, stderr

    def refused(self, *arguments):
        """The one line that says what is wrong with a command line."""
        stdout, stderr = self.check(arguments, code=2, out="")
        self.assertEqual(stderr.count("\n"), 1, stderr)
        return stderr.strip()
