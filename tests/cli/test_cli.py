#!/usr/bin/python3
"""test_cli.py PROGRAM: the command line: each option, exit codes, and what it says of bad input."""
import os
import re
import signal
import struct
import subprocess
import sys
import tempfile
import unittest

from case import Case, GATHER, LESSONS, PROGRAM


class Help(Case):
    def test_each_command_has_help(self):
        for command in [], ["run"], ["trace"], ["shot"], ["compare"]:
            for option in "--help", "-h":
                out, err = self.check([*command, option])
                self.assertTrue(out.startswith("usage: " + " ".join(["awaitscope", *command])))
                self.assertEqual(err, "")

    def test_help_lists_the_options_of_the_command_only(self):
        listed = lambda command: set(re.findall(r"--([a-z-]+)", self.check([command, "--help"])[0]))
        bounds = {"param", "max-events", "max-time", "max-real", "max-memory", "help"}
        self.assertEqual(listed("run"), bounds | {"summary", "timeline", "save"})
        self.assertEqual(listed("trace"), bounds)
        self.assertEqual(
            listed("shot"),
            bounds | {"output", "at", "event", "size", "scale", "theme", "predict", "lessons", "compare"}
            | {"layout", "presentation", "as-recorded", "keys"},
        )

    def test_what_takes_long_to_load_is_only_loaded_to_record(self):
        needed = lambda program: subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
        self.assertNotIn("libavcodec", needed(PROGRAM))
        self.assertIn("libavcodec", needed(PROGRAM + "-recorder"))

    def test_version(self):
        self.assertRegex(self.check(["--version"])[0], r"^awaitscope \d+\.\d+\.\d+\n$")


class BadInput(Case):
    def test_hints(self):
        for arguments, message in {
            ("run", "--sumary", "x.py"): "awaitscope run: unknown option --sumary; did you mean "
            "'awaitscope run --summary'?",
            ("--sumary", "x.py"): "awaitscope: unknown option --sumary; did you mean "
            "'awaitscope run --summary'?",
            ("shot", "--summary"): "awaitscope shot: --summary is an option of 'awaitscope run'",
            ("--frobnicate",): "awaitscope: unknown option --frobnicate; 'awaitscope --help' lists them",
            ("run", "-x"): "awaitscope run: unknown option -x; 'awaitscope run --help' lists them",
            ("rnu", "x.py"): "awaitscope: unknown command 'rnu'; did you mean 'run'?",
            ("rnu",): "awaitscope: no script and no command is called 'rnu'; did you mean 'run'?",
            ("run",): "awaitscope run: no script given; 'awaitscope run --help' says how",
            ("shot", "x.py"): "awaitscope shot: where to? give the picture's file: -o out.png",
            ("shot", "x.py", "y.py"): "awaitscope shot: 'y.py' is one file too many; the script's own "
            "arguments follow '--'",
            ("shot", "x.py", "-o", "a.png", "--at", "1", "--event", "2"): "awaitscope shot: --at and "
            "--event exclude each other: give one moment",
            ("run", "--summary=1"): "awaitscope run: --summary takes no value",
            ("run", "--max-time"): "awaitscope run: --max-time needs a value: --max-time SECONDS",
        }.items():
            with self.subTest(arguments):
                self.assertEqual(self.refused(*arguments), message)

    def test_values(self):
        for option, values in {
            "--max-events": ["0", "-1", "1e3", "x", "", "1000000001"],
            "--max-time": ["0", "-1", "nan", "inf", "x", "1x", ""],
            "--max-real": ["0", "-0.5", "soon"],
            "--max-memory": ["0", "1GB", "-1"],
            "--at": ["-1", "nan", "x"],
            "--event": ["-1", "1.5"],
            "--size": ["1", "12x", "100x100", "99999x1000", "1280x720p"],
            "--scale": ["0", "9", "x"],
            "--theme": ["", "dar", "blue", "dark|light"],
            "--output": [""],
        }.items():
            for value in values:
                with self.subTest(option=option, value=value):
                    message = self.refused("shot", f"{option}={value}", "x.py")
                    self.assertTrue(message.startswith(f"awaitscope shot: {option}: '{value}' is "))

    def test_parameters(self):
        script = self.script("import asyncio\nLIMIT = 2.0  # param: 0.5..6 s: how long\nN = 1  # param: 1..3: how many\n")
        for given, message in {
            "X=1": "--param: script.py has no parameter 'X'; it has LIMIT (line 2), N (line 3)",
            "LIMIT=7": "--param: script.py:2: LIMIT is from 0.5 to 6, not 7",
            "LIMIT=nan": "--param: script.py:2: LIMIT is a number, not 'nan'",
            "N=1.5": "--param: script.py:3: N is a whole number, not '1.5'",
            "LIMIT": "--param: 'LIMIT' is no parameter and its value, such as LIMIT=2.5, or one too many",
        }.items():
            for command in ["run"], ["trace"], ["shot", "-o", "a.png"]:
                with self.subTest(given, command=command):
                    said = self.refused(*command, "--param", given, script).replace(script, "script.py")
                    self.assertEqual(said, f"awaitscope {command[0]}: {message}")

    def test_a_parameter_under_a_condition(self):
        """Each branch of an "if" may give a parameter its own value."""
        script = self.script(
            "if __name__ == 'other':\n    N = 1  # param: 1..9: how many\n"
            "elif not __debug__:\n    pass\nelse:\n    if True:\n        N = 2  # param: 1..9: how many\nprint(N)\n"
        )
        self.check(["run", script], out="2\n")
        self.check(["run", "--param", "N=7", script], out="7\n")

    def test_comparisons(self):
        kettle = str(LESSONS / "01-coroutines.py")
        picture = ["shot", "--compare", "-o", str(self.folder / "out.png")]
        for words, said in (
            ([kettle], f"'{kettle}' has no comment '# compare:'; name two runs or more"),
            ([kettle, "DELAY=1"], "to compare takes two runs or more"),
            ([kettle] * 5, "no more than four runs can be compared"),
            ([kettle, "nowhere.py"], "cannot open the script 'nowhere.py': No such file or directory"),
            ([kettle, "DELAY=99", kettle], f"--param: {kettle}:5: DELAY is from 0.5 to 6, not 99"),
        ):
            self.assertEqual(self.refused(*picture, *words), f"awaitscope shot: {said}")
            self.assertEqual(self.refused("compare", *words), f"awaitscope compare: {said}")
        for words in [GATHER], [kettle, "DELAY=1", kettle, GATHER, "WAYS=serial"]:
            self.check([*picture, *words], out="", err="")
            self.assertTrue((self.folder / "out.png").read_bytes().startswith(b"\x89PNG"))

    def test_a_missing_script_is_named(self):
        for command in [], ["trace"], ["shot", "-o", "a.png"]:
            self.assertRegex(self.refused(*command, "no.py"), r"cannot open the script 'no.py': No such")

    def test_a_picture_that_cannot_be_written_is_named_and_not_there(self):
        path = self.folder / "no" / "a.png"
        self.assertIn(str(path), self.refused("shot", "-o", str(path), GATHER))
        self.assertEqual(list(self.folder.iterdir()), [])


    def test_a_picture_that_fails_leaves_the_old_one(self):
        path = self.folder / "a.png"
        path.write_text("old")
        (self.folder / "a.png.part").mkdir()
        self.refused("shot", "-o", str(path), GATHER)
        self.assertEqual(path.read_text(), "old")


class Window(Case):
    def test_without_a_display_it_says_what_needs_none(self):
        headless = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")}
        done = self.run_program(GATHER, env=headless)
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertRegex(done.stderr.decode(), r"^awaitscope: there is no display .*awaitscope shot.*\n$")

    def test_what_the_window_shows_can_be_written_down(self):
        dump = self.folder / "state"
        window = [PROGRAM, "--dump-state", str(dump), "--size", "1100x700", "--theme", "light", GATHER]
        hidden = {**os.environ, "SDL_VIDEODRIVER": "dummy"}
        with subprocess.Popen(window, env=hidden, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
            while not dump.exists() and process.poll() is None:
                pass
            process.terminate()
        self.assertIn("theme=light\n", dump.read_text())
        self.assertIn("size=1100x700\n", dump.read_text())


class Run(Case):
    def test_output_and_exit_code_are_the_scripts_own(self):
        text = "import sys\nsys.stdout.buffer.write(b'a\\xff\\0\\n')\nprint('e', file=sys.stderr)\nsys.exit(7)\n"
        done = self.run_program("run", self.script(text))
        self.assertEqual((done.returncode, done.stdout, done.stderr), (7, b"a\xff\0\n", b"e\n"))

    def test_input_is_the_scripts_own(self):
        script = self.script("import sys\nprint(sys.stdin.read())\n")
        done = subprocess.run([PROGRAM, "run", script], capture_output=True, input=b"one\ntwo", timeout=120)
        self.assertEqual((done.returncode, done.stdout), (0, b"one\ntwo\n"))

    def test_output_that_cannot_be_written_is_an_error(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [PROGRAM, "run", self.script("print(1)\n")], stdout=full, stderr=subprocess.PIPE, timeout=120
            )
        self.assertEqual(done.returncode, 120)
        self.assertIn(b"OSError: [Errno 28]", done.stderr)

    def test_chance_is_the_same_in_each_run(self):
        script = self.script("import os, random, secrets, uuid\nprint(os.urandom(9), random.random())\n"
                             "print(random.SystemRandom().random(), secrets.token_hex(), uuid.uuid4())\n"
                             "print(random.Random().random(), uuid.uuid1(), random.seed(), random.random())\n"
                             "import tempfile, time\nprint(tempfile.mktemp(), time.clock_gettime(1), os.getpid())\n")
        out = self.check(["run", script])[0]
        self.assertEqual(len(set(out.split())), 12)
        self.check(["run", script], out=out)

    def test_parameters_get_other_values_and_no_line_moves(self):
        script = self.script("A = 2.0  # param: 0.5..6 s: a\nB = -1  # param: -1..3: b\nA_B = 1\nprint(A, B)\n1 / 0\n")
        out, err = self.check(["run", "--param", "A=5", "--param=B=3", script], code=1, out="5.0 3\n")
        self.assertIn('line 5, in <module>\n    1 / 0\n    ~~^~~\n', err)
        self.check(["run", script], code=1, out="2.0 -1\n")

    def test_everything_after_the_script_is_its_own(self):
        script = self.script("import sys\nprint(sys.argv[1:])\n")
        self.check(["run", script, "--summary", "-x", "--", "a b"], out="['--summary', '-x', '--', 'a b']\n")
        self.check(["run", "--", script, "--help"], out="['--help']\n")

    def test_a_missing_script_is_what_python3_says(self):
        ours = self.run_program("run", "no.py")
        theirs = subprocess.run(["/usr/bin/python3", "no.py"], capture_output=True, cwd=self.folder)
        self.assertEqual((ours.returncode, ours.stdout), (2, b""))
        self.assertEqual(ours.stderr.rsplit(b":", 1)[-1], theirs.stderr.rsplit(b":", 1)[-1])

    def test_a_saved_run_opens_again(self):
        saved = os.path.join(self.folder, "run.awtrace")
        self.check(["run", "--save", saved, GATHER], out=None)
        self.assertEqual(sorted(os.listdir(self.folder)), ["run.awtrace"])
        self.assertEqual(self.check(["run", "--summary", saved])[1], self.check(["run", "--summary", GATHER], out=None)[1])
        self.assertEqual(self.check(["trace", saved])[0], self.check(["trace", GATHER])[0])

    def test_summary(self):
        out, err = self.check(["run", "--summary", GATHER])
        rows = err.splitlines()
        self.assertEqual(rows[0], "virtual_end=15.500000")
        self.assertEqual(rows[1].split(), ["task", "ran", "ready", "waited", "blocked", "late"])
        self.assertEqual(rows[2].split()[0], "main")
        self.assertEqual(len(rows), 2 + 4 + 1)
        self.assertTrue(all(len(row) == len(rows[1]) for row in rows[2:-1]))
        self.assertRegex(rows[-1], r"^trace_hash=[0-9a-f]{16}$")
        self.assertEqual(err, self.check(["run", "--summary", GATHER], out=out)[1])

    def test_blocking_and_lateness_are_in_the_totals(self):
        script = self.script(
            "import asyncio, time\n"
            "async def nap():\n    await asyncio.sleep(1)\n"
            "async def main():\n    t = asyncio.create_task(nap(), name='napper')\n"
            "    await asyncio.sleep(0)\n    time.sleep(3)\n    await t\n"
            "asyncio.run(main())\n"
        )
        totals = {row.split()[0]: row.split()[1:] for row in self.check(["run", "--summary", script])[1].splitlines()}
        self.assertEqual(totals["main"][3], "3.000000")
        self.assertEqual(totals["napper"][4], "2.000000")

    def test_the_hash_is_the_same_wherever_the_script_lies(self):
        hashes = set()
        for name in "here", "there/and/farther":
            (self.folder / name).mkdir(parents=True)
            script = self.script("import asyncio\nasync def main():\n    1 / 0\nasyncio.run(main())\n", name + "/s.py")
            err = self.check(["run", "--summary", script], code=1)[1]
            self.assertIn(f'File "{script}", line 3', err)
            hashes.add(err.splitlines()[-1])
        self.assertEqual(len(hashes), 1)

    def test_the_trace_is_the_same_however_the_script_is_named(self):
        self.script("async def nap():\n    print('nap')\n", "bed.py")
        names = self.script("import asyncio, bed\nasyncio.run(bed.nap())\n"), "../" + self.folder.name + "/script.py"
        traces = {self.run_program("trace", name, cwd=self.folder).stdout for name in names}
        self.assertEqual([b'line=2 file="bed.py"' in trace for trace in traces], [True])

    def test_timeline_follows_the_output(self):
        plain = self.check(["run", GATHER])[0]
        out, err = self.check(["run", "--timeline", GATHER])
        self.assertTrue(out.startswith(plain))
        chart = out[len(plain) :]
        self.assertNotIn("\x1b", chart)
        self.assertIn("gather · 3 tasks", chart)
        self.assertEqual(err, "")

    def test_the_width_of_the_timeline_is_that_of_the_terminal(self):
        for columns in 60, 120:
            done = self.run_program("run", "--timeline", GATHER, env={**os.environ, "COLUMNS": str(columns)})
            chart = done.stdout.decode().split("02-gather.py", 1)[1].splitlines()
            self.assertEqual(max(map(len, chart[2:4])), columns)

    def interrupt(self, text):
        """(stdout, stderr) of a script that is interrupted once it printed a line."""
        with subprocess.Popen(
            [PROGRAM, "run", "--summary", self.script(text)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            self.assertEqual(process.stdout.readline(), b"on\n")
            os.killpg(process.pid, signal.SIGINT)
            stdout, stderr = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        return stdout.decode(), stderr.decode()

    def test_interrupt_is_reported_and_ends_the_run(self):
        self.assertIn("trace_hash=", self.interrupt("print('on', flush=True)\nwhile True: pass\n")[1])

    def test_interrupt_ends_a_thread_that_spins_and_is_raised_in_the_main_one(self):
        out, err = self.interrupt(
            "import threading\ndef spin():\n    print('on', flush=True)\n    while True: pass\n"
            "try:\n    threading.Thread(target=spin).start()\nexcept KeyboardInterrupt:\n"
            "    print('caught')\n    raise\n"
        )
        self.assertEqual(out, "caught\n")
        self.assertIn("\nKeyboardInterrupt\n", err)

    def test_interrupt_cancels_the_main_task(self):
        out, err = self.interrupt(
            "import asyncio\nasync def main():\n    print('on', flush=True)\n    try:\n"
            "        while True: await asyncio.sleep(0)\n    except asyncio.CancelledError:\n"
            "        print('cancelled')\n        raise\nasyncio.run(main())\n"
        )
        self.assertEqual(out, "cancelled\n")
        self.assertRegex(err, r"CancelledError\n\nDuring handling [^\n]*\n(.*\n)+KeyboardInterrupt\n")


class Trace(Case):
    def test_events_are_numbered_timed_and_named(self):
        out, err = self.check(["trace", str(LESSONS / "01-coroutines.py")], err="")
        rows = out.splitlines()
        for i, row in enumerate(rows):
            self.assertRegex(row, rf"^ *\d+\.\d{{9}} +{i + 1}  +[a-z_]+( |$)")
        self.assertIn(" run_begin ", rows[0])
        self.assertIn(" run_end end=ok exit=0", rows[-1])
        self.assertTrue(any("step_begin task=1 resume=start  (main)" in row for row in rows))

    def test_a_reader_that_goes_away_is_no_trouble(self):
        command = f"'{PROGRAM}' trace '{GATHER}' | head -1"
        done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=60)
        self.assertEqual((done.stdout.count(b"\n"), done.stderr), (1, b""))

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "trace", GATHER], stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"cannot write", done.stderr)


class Shot(Case):
    def shoot(self, *arguments):
        """(width, height, bytes) of a picture."""
        path = self.folder / "a.png"
        self.check(["shot", "-o", str(path), *arguments], out="")
        data = path.read_bytes()
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        return *struct.unpack(">II", data[16:24]), data

    def test_sizes_moments_and_themes_change_the_picture(self):
        small = "--size", "800x500"
        width, height, end = self.shoot(*small, GATHER)
        self.assertEqual((width, height), (800, 500))
        self.assertEqual(self.shoot(GATHER, *small)[2], end)
        seen = {end}
        for more in ["--at", "2.0"], ["--event", "40"], ["--theme", "light"], ["--theme", "contrast"], \
                ["--theme", "safe"], ["--scale", "0.6"]:
            with self.subTest(more):
                picture = self.shoot(*small, *more, GATHER)[2]
                self.assertNotIn(picture, seen)
                seen.add(picture)

    def test_layouts_have_their_shapes(self):
        for layout, size in ("vertical", (1080, 1920)), ("square", (1080, 1080)), ("code", (1920, 1080)):
            self.assertEqual(self.shoot("--layout", layout, GATHER)[:2], size)
        small = "--size", "800x500"
        pictures = {self.shoot(*small, *more, GATHER)[2] for more in
                    ([], ["--layout", "timeline"], ["--presentation"])}
        self.assertEqual(len(pictures), 3)

    def test_the_question_and_the_lessons_have_pictures(self):
        small = "--size", "800x500"
        env = dict(os.environ, XDG_CACHE_HOME=str(self.folder))
        path = self.folder / "a.png"
        done = self.run_program("shot", "--lessons", *small, "-o", str(path), env=env)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        lessons = path.read_bytes()
        kept = list(self.folder.glob("awaitscope/thumbnails/*"))
        self.assertEqual(len(kept), len(list(LESSONS.glob("*.py"))))
        asked = self.shoot(*small, "--at", "11", "--predict", GATHER)[2]
        plain = self.shoot(*small, "--at", "11", GATHER)[2]
        self.assertEqual(len({lessons, asked, plain}), 3)

    def test_a_pipe_is_written_to_and_not_replaced(self):
        os.mkfifo(path := self.folder / "pipe")
        with subprocess.Popen(["timeout", "100", "cat", path], stdout=subprocess.PIPE) as reader:
            self.check(["shot", "-o", str(path), "--size", "800x500", GATHER])
            self.assertEqual(reader.communicate()[0][:4], b"\x89PNG")
        self.assertTrue(path.is_fifo())

    def test_the_default_size(self):
        self.assertEqual(self.shoot(GATHER)[:2], (1920, 1080))

    def test_a_script_that_fails_has_a_picture_too(self):
        self.shoot("--size", "800x500", self.script("1 / 0\n"))

    def test_an_event_that_is_none_is_refused(self):
        path = self.folder / "a.png"
        self.assertRegex(self.refused("shot", "-o", str(path), "--event", "99999", GATHER), r"has \d+ events")
        self.assertFalse(path.exists())


unittest.main()
