"""test_files.py PROGRAM: a script that imports modules of its own is looked at file by file."""
import os
import sys
import tempfile
import unittest

from window import Window

SCRIPT = """import asyncio
from pump import fill

async def main():
    await fill(3)
    print("full")

asyncio.run(main())
"""
MODULE = """import asyncio

async def fill(rounds):
    for number in range(rounds):
        print("stroke", number)
        await asyncio.sleep(1)
"""


class TestFiles(unittest.TestCase):
    program = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.module = os.path.join(folder.name, "pump.py")
        script = os.path.join(folder.name, "main.py")
        for path, text in ((script, SCRIPT), (self.module, MODULE)):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        self.window = Window(self.program, script)
        self.addCleanup(self.window.close)

    def until_file(self, file, *texts):
        return self.window.until(lambda s: s["file"] == str(file) and
                                 all(text in s["texts"] for text in texts))

    def test_keys_and_tabs_lead_to_each_file(self):
        self.window.key("End")
        self.until_file(0, "main.py", "pump.py")
        self.window.key("ctrl+Next")
        self.until_file(1, "\"stroke\"", "×3")
        self.window.key("ctrl+Prior")
        self.until_file(0, "\"full\"")
        self.window.click("FILE", 1)
        self.until_file(1, "\"stroke\"")
        self.window.key("ctrl+e")
        self.window.until(lambda s: "Source files" in s["texts"])
        self.window.xdotool("type", "--delay", 0, "main")
        self.window.key("Return")
        self.until_file(0, "\"full\"")

    def test_steps_and_finds_lead_into_the_module(self):
        self.window.key("Home", "3")
        for _ in range(40):
            if self.window.state()["file"] == "1":
                break
            number = int(self.window.state()["number"])
            self.window.key("Right")
            self.window.until(lambda s, n=number: int(s["number"]) > n)
        self.assertEqual(self.window.state()["file"], "1")
        self.window.key("End", "slash")
        self.window.xdotool("type", "--delay", 0, "range(rounds)")
        self.window.until(lambda s: "pump.py:4" in s["texts"])
        self.window.key("Return")
        self.until_file(1)
        # A line of the module leads to where it runs next, as one of the script does.
        self.window.key("Home")
        self.until_file(0)
        self.window.key("ctrl+Next")
        self.until_file(1)
        x, y, _, _ = self.window.place("SOURCE", 5)
        self.window.point(x, y)
        self.window.xdotool("click", "--repeat", 2, "--delay", 10, 1)
        self.window.until(lambda s: s["file"] == "1" and int(s["cursor"]) > 0)

    def test_a_failure_is_told_as_python_prints_it(self):
        before = self.window.state()["events"]
        with open(self.module, "w", encoding="utf-8") as file:
            file.write(MODULE.replace('        await asyncio.sleep(1)', '        1 / (1 - number)'))
        self.window.until(lambda s: s["events"] != before and s["run"] == "over")
        self.window.key("End")
        self.window.until(lambda s: s["number"] == s["stops"])
        x, y, _, _ = self.window.place("NAME", 1)
        self.window.point(x, y)
        self.window.xdotool("click", "--repeat", 2, "--delay", 10, 1)
        self.window.until(lambda s: any(hit[0] == self.window.kind("TRACEBACK") and hit[1] == 3
                                        for hit in s["hits"]))
        self.assertIn('  File "pump.py", line 6, in fill', self.window.state()["texts"])
        self.window.click("TRACEBACK", 3)
        self.until_file(1, "\"stroke\"")

    def test_a_saved_module_is_run_again(self):
        self.window.key("End")
        self.window.until(lambda s: "stroke 2" in s["texts"])
        with open(self.module, "w", encoding="utf-8") as file:
            file.write(MODULE.replace("stroke", "push"))
        self.window.until(lambda s: "push 2" in s["texts"])


if __name__ == "__main__":
    TestFiles.program = os.path.abspath(sys.argv.pop(1))
    unittest.main()
