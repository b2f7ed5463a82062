#!/usr/bin/python3
"""test_limits.py PROGRAM: the budgets of a run, and how runs end that are ended."""
import os
import signal
import unittest

from case import Case


class Limits(Case):
    SPIN = "print('before', flush=True)\nwhile True: pass\n"
    ENDLESS = (
        "import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep(1)\nasyncio.run(main())\n"
    )

    def test_real_time(self):
        out, err = self.check(["run", "--summary", "--max-real", "0.5", self.script(self.SPIN)], code=5)
        self.assertEqual(out, "before\n")
        self.assertIn("the script did not end within 0.5 s of real time; what it did until then is kept", err)
        self.assertIn("virtual_end=0.000000", err)

    def test_what_was_printed_before_real_time_is_up_comes_out(self):
        script = self.script("print('before')\nwhile True: pass\n")
        self.check(["run", "--max-real", "0.5", script], code=5, out="before\n")
        out, err = self.check(["trace", "--max-real", "0.5", "--max-events", "1000000000", script], code=5)
        self.assertIn("run_end end=max_real exit=5", out.splitlines()[-1])

    def test_virtual_time(self):
        out, err = self.check(["run", "--summary", "--max-time", "10.5", self.script(self.ENDLESS)], code=5)
        self.assertIn("the script did not end within 10.5 s of virtual time", err)
        self.assertIn("virtual_end=10.", err)

    def test_events(self):
        script = self.script(self.ENDLESS)
        out, err = self.check(["trace", "--max-events", "500", script], code=5)
        self.assertIn("the script did not end within 500 events", err)
        events = out.splitlines()
        self.assertEqual(len(events), 501)
        self.assertIn("run_end end=max_events", events[-1])

    def test_memory(self):
        eat = "import itertools\nprint('before')\ntry:\n    %s\nexcept MemoryError:\n    print('caught')\n"
        for meal in "list(itertools.count())", "'x' * (1 << 30)", "{n: str(n) for n in itertools.count()}":
            with self.subTest(meal):
                script = self.script(eat % meal)
                err = self.check(["run", "--max-memory", "64", script], code=5, out="before\n")[1]
                self.assertEqual(
                    err, "awaitscope: the script took more than 64 MB of memory; what it did until then is kept\n"
                )
        out = self.check(["trace", "--max-memory", "64", script], code=5)[0]
        self.assertIn("run_end end=max_memory exit=5", out.splitlines()[-1])

    def test_cycles_are_collected_before_they_use_up_the_memory(self):
        script = self.script(
            "import asyncio\n"
            "class Node:\n    pass\n"
            "async def main():\n"
            "    for _ in range(12):\n"
            "        node = Node()\n        node.me, node.load = node, bytearray(80 << 20)\n"
            "        survivors = [[] for _ in range(800)]  # the youngest are looked at, and node is alive\n"
            "        del node, survivors\n"
            "        await asyncio.sleep(0)\n"
            "asyncio.run(main())\n"
        )
        self.check(["run", "--max-memory", "600", script])

    def test_memory_that_no_machine_has_is_an_error_of_the_script(self):
        script = self.script("try:\n    bytearray(1 << 40)\nexcept MemoryError:\n    print('caught')\n")
        self.check(["run", script], out="caught\n")

    def test_events_of_a_script_that_never_awaits(self):
        script = self.script("import asyncio\nasync def main():\n    while True:\n        x = 1\nasyncio.run(main())\n")
        self.check(["run", "--max-events", "1000", script], code=5)


class Ends(Case):
    def test_a_crash_is_reported_and_the_trace_kept(self):
        script = self.script(
            "import os, signal\nprint('here', flush=True)\n"
            "signal.signal(signal.SIGSEGV, signal.SIG_DFL)  # sanitizers catch it\n"
            "os.kill(os.getpid(), signal.SIGSEGV)\n"
        )
        out, err = self.check(["run", script], code=139, out="here\n")
        self.assertIn("the script crashed: Segmentation fault (signal 11)", err)
        out, err = self.check(["trace", script], code=139)
        self.assertIn('text="here', out)

    def test_an_exit_past_python_is_its_code(self):
        self.check(["run", self.script("import os\nos._exit(9)\n")], code=9, out="", err="")

    def test_an_uncaught_exception_is_1(self):
        out, err = self.check(["run", self.script("1 / 0\n")], code=1)
        self.assertTrue(err.startswith("Traceback (most recent call last):\n"))
        self.assertTrue(err.endswith("ZeroDivisionError: division by zero\n"))

    def test_a_deadlock_is_3(self):
        script = self.script("import asyncio\nasync def main():\n    await asyncio.Future()\nasyncio.run(main())\n")
        out, err = self.check(["run", script], code=3)
        self.assertIn("deadlock", err.lower())


unittest.main()
