#!/usr/bin/python3
"""test_record.py PROGRAM: recordings, looked at with ffprobe and ffmpeg, and all that can go wrong."""
import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile
import unittest
import wave

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


class Formats(Case):
    def test_mp4(self):
        found = probe(self.record("a.mp4", *SHORT))
        video = found["video"]
        self.assertEqual((video["codec_name"], video["pix_fmt"]), ("h264", "yuv420p"))
        self.assertEqual((video["width"], video["height"], video["r_frame_rate"]), (640, 360, "30/1"))
        colours = ["color_range", "color_space", "color_transfer", "color_primaries"]
        self.assertEqual([video[key] for key in colours], ["tv", "bt709", "bt709", "bt709"])
        self.assertEqual((video["start_time"], video["duration"]), ("0.000000", "2.000000"))
        self.assertEqual(found["format"]["duration"], "2.000000")
        self.assertEqual(found["format"]["tags"]["title"], "gather, against one after another")
        self.assertEqual(video["tags"]["language"], "eng")

    def test_mp4_can_be_played_while_it_loads(self):
        data = self.record("a.mp4", *SHORT).read_bytes()
        self.assertLess(data.index(b"moov"), data.index(b"mdat"))

    def test_webm(self):
        found = probe(self.record("a.webm", *SHORT))
        self.assertEqual(found["video"]["codec_name"], "vp9")
        self.assertEqual(found["format"]["duration"], "2.000000")
        self.assertEqual(found["format"]["tags"]["title"], "gather, against one after another")
        self.assertEqual(len(found["chapters"]), 3)

    def test_gif(self):
        path = self.record("a.gif", "--duration", "2")
        found = probe(path)
        self.assertEqual((found["video"]["width"], found["video"]["height"]), (960, 540))
        self.assertEqual(found["format"]["duration"], "2.000000")

    def test_the_gif_of_a_lesson_is_small(self):
        self.assertLess(self.record("a.gif").stat().st_size, 1_000_000)

    def test_apng(self):
        path = self.record("a.apng", *SMALL[:2], "--fps", "10", "--duration", "1.5")
        self.assertEqual(probe(path)["video"]["codec_name"], "apng")
        delays = [data[20:24] for data in path.read_bytes().split(b"fcTL")[1:]]
        parts = [(int.from_bytes(d[:2], "big"), int.from_bytes(d[2:], "big")) for d in delays]
        self.assertAlmostEqual(sum(n / d for n, d in parts), 1.5)

    def test_a_folder_of_pictures_has_one_for_each_frame(self):
        folder = self.record("frames/", *SHORT)
        names = sorted(path.name for path in folder.iterdir())
        self.assertEqual(names, [f"frame-{n:06}.png" for n in range(1, 61)])

    def test_the_format_can_be_told(self):
        self.assertEqual(probe(self.record("a.video", *SHORT, "--format", "mp4"))["video"]["codec_name"], "h264")


class Exactness(Case):
    def test_two_recordings_are_equal(self):
        for end in "mp4", "webm", "gif", "apng":
            with self.subTest(end):
                once, again = (self.record(f"{n}.{end}", *SHORT).read_bytes() for n in "ab")
                self.assertEqual(once, again)

    def test_builds_make_the_same(self):
        """Those beside this one that are as new as the sources."""
        root = pathlib.Path(__file__).resolve().parents[2]
        newest = max(p.stat().st_mtime for room in ("render", "sim", "scenarios") for p in (root / room).rglob("*.[ch]"))
        ours = frames(self.record("ours.mp4", *SHORT))
        for other in pathlib.Path(PROGRAM).parents[2].glob("*/bin/awaitscope"):
            if other.stat().st_mtime > newest and other != pathlib.Path(PROGRAM):
                output(str(other), "record", *SHORT, "-o", str(self.folder / "other.mp4"), GATHER)
                self.assertEqual(frames(self.folder / "other.mp4"), ours, other)

    def test_a_held_picture_lasts_and_the_frames_are_the_same(self):
        held = self.record("a.mp4", *SHORT)
        constant = self.record("b.mp4", *SHORT, "--constant-rate")
        self.assertEqual(int(probe(constant)["video"]["nb_read_frames"]), 60)
        self.assertLess(int(probe(held)["video"]["nb_read_frames"]), 60)
        self.assertEqual(probe(held)["video"]["duration"], probe(constant)["video"]["duration"])
        self.assertEqual(len(frames(held, "-vsync", "cfr", "-r", "30")), 60)

    def test_frames_are_what_shot_draws(self):
        size = ("--size", "1280x720", "--keys")
        self.record("a.mp4", *size, "--captions", "both", "--to", "event:40")
        self.record("a/", *size, "--captions", "both", "--to", "event:40")
        found = cues(self.folder / "a.vtt")
        self.assertGreater(len(found), 0)
        for name, begin, _, _ in found:
            shot = self.folder / "shot.png"
            event = name.removeprefix("event:")
            output(PROGRAM, "shot", *size, "--as-recorded", "--event", event, "-o", str(shot), GATHER)
            number = int(begin * 30) + 2
            drawn = self.folder / "a" / f"frame-{number:06}.png"
            pixels = ("-pix_fmt", "rgb24")
            self.assertEqual(frames(drawn, *pixels), frames(shot, *pixels), name)
            filters = "[0:v]format=rgb24[a];[1:v]format=rgb24[b];[a][b]psnr"
            at = ("-ss", f"{(number - 1) / 30:.3f}")
            done = subprocess.run(
                ["ffmpeg", "-hide_banner", *at, "-i", self.folder / "a.mp4", "-i", shot, "-lavfi",
                 filters, "-frames:v", "1", "-f", "null", "-"],
                capture_output=True, text=True, timeout=120,
            )  # fmt: skip
            self.assertGreater(float(re.search(r"average:([\d.]+)", done.stderr)[1]), 30, name)


class Memory(Case):
    def peak(self, *arguments):
        """MB that a recording took at most."""
        process = subprocess.Popen([PROGRAM, "record", *arguments, GATHER])
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        return usage.ru_maxrss / 1024

    @unittest.skipIf(b"__asan_init" in pathlib.Path(PROGRAM).read_bytes(), "the sanitizer keeps what is freed")
    def test_it_does_not_grow_with_the_length(self):
        for end in "mp4", "webm", "gif", "apng":
            record = lambda seconds: self.peak(
                "--size", "640x360", "--fps", "20", "--duration", seconds, "-o", self.folder / f"a.{end}"
            )
            self.assertLess(record("60"), 1.5 * record("15"), end)


class Pace(Case):
    def test_it_lasts_as_long_as_asked(self):
        self.assertEqual(probe(self.record("a.mp4", *SMALL, "--duration", "3.5"))["format"]["duration"], "3.500000")

    def test_a_title_comes_first_and_moves_all_the_rest(self):
        plain = probe(self.record("a.mp4", *SMALL, "--no-title", "--captions", "both"))
        titled = probe(self.record("b.mp4", *SMALL, "--captions", "both"))
        length = lambda found: float(found["format"]["duration"])
        self.assertAlmostEqual(length(titled) - length(plain), 2.5, delta=0.05)
        begins = lambda found: [float(c["start_time"]) for c in found["chapters"]]
        self.assertEqual(begins(plain)[0], 0)
        for one, other in zip(begins(plain)[1:], begins(titled)[-len(begins(plain)) + 1:]):
            self.assertAlmostEqual(other - one, 2.5, delta=0.05)
        spoken = [[begin for _, begin, _, _ in cues(self.folder / name)] for name in ("a.vtt", "b.vtt")]
        self.assertAlmostEqual(spoken[1][0] - spoken[0][0], 2.5, delta=0.05)
        # The length that was asked for has room for both cards.
        both = self.record("c.mp4", *SMALL, "--duration", "15", "--end-card", "That was gather.")
        self.assertEqual(length(probe(both)), 15)

        first = lambda path: frames(path, "-frames:v", "1")[0].split(",")[-1]
        self.assertNotEqual(first(both), first(self.folder / "a.mp4"))

    def test_chapters_begin_at_the_markers(self):
        found = probe(self.record("a.mp4", *SHORT))["chapters"]
        self.assertEqual([c["tags"]["title"] for c in found], ["Start", "one after another", "gather"])
        self.assertEqual(found[0]["start_time"], "0.000000")
        self.assertEqual(found[-1]["end_time"], "2.000000")
        self.assertEqual(found[1]["start_time"], found[0]["end_time"])

    def test_a_part_by_times_by_events_and_by_markers(self):
        whole = float(probe(self.record("a.mp4", *SMALL))["format"]["duration"])
        parts = [("--to", "2"), ("--from", "2"), ("--to", "gather"), ("--from", "gather"), ("--from", "event:150")]
        lengths = {}
        for part in parts:
            lengths[part] = float(probe(self.record("b.mp4", *SMALL, *part))["format"]["duration"])
            self.assertLess(lengths[part], whole, part)
        self.assertLess(lengths["--to", "2"], lengths["--to", "gather"])

    def test_faster_is_shorter(self):
        slow, fast = (
            float(probe(self.record("a.mp4", *SMALL, "--to", "4", "--speed", x))["format"]["duration"]) for x in "14"
        )
        self.assertAlmostEqual(slow - fast, 3, delta=0.1)

    def test_markers_are_held(self):
        length = lambda *more: float(
            probe(self.record("a.mp4", *SMALL, "--from", "gather", *more))["format"]["duration"]
        )
        self.assertGreaterEqual(length("--pause-at-markers", "6"), length() + 1)

    def test_a_narration_sets_the_times(self):
        self.record("a.mp4", *SMALL, "--captions", "beside")
        moved = [(name, begin + 1.25) for name, begin, _, _ in cues(self.folder / "a.vtt")]
        narration = self.folder / "narration.vtt"
        write = lambda cues: narration.write_text(
            "WEBVTT\n" + "".join(f"\n{n}\n00:{t:06.3f} --> 00:{t + 1:06.3f}\nwords\n" for n, t in cues)
        )
        for named in True, False:
            write([(name if named else "", begin) for name, begin in moved])
            self.record("b.mp4", *SMALL, "--captions", "beside", "--pace-from", narration)
            found = [(name, begin) for name, begin, _, _ in cues(self.folder / "b.vtt")]
            for (name, begin), (other, wanted) in zip(found, moved):
                self.assertEqual(name, other)
                self.assertAlmostEqual(begin, wanted, delta=0.002)


class Captions(Case):
    def test_they_can_be_read_and_never_overlap(self):
        for number, lesson in enumerate(sorted(LESSONS.glob("*.py"))):
            for more in [(), ("--read-all", "--to", "event:60")][: 2 - bool(number % 5)]:
                name = lesson.stem
                self.record(f"{name}.gif", "--size", "320x320", "--fps", "1", "--captions", "beside",
                            *more, script=str(lesson))  # fmt: skip
                found = cues(self.folder / f"{name}.vtt")
                for (_, begin, end, text), following in zip(found, [*found[1:], None]):
                    self.assertGreaterEqual((end - begin + 0.002) * 17, len(text), f"{name}: {text}")
                    self.assertTrue(following is None or following[1] >= end, f"{name}: {text}")

    def test_beside_burnt_both_and_none(self):
        drawn = {}
        for where in "burnt", "beside", "both", "none":
            path = self.record(f"{where}.mp4", *SHORT, "--captions", where)
            drawn[where] = frames(path)
            beside = where in ("beside", "both")
            self.assertEqual((path.with_suffix(".vtt").exists(), path.with_suffix(".srt").exists()), (beside, beside))
        self.assertEqual(drawn["burnt"], drawn["both"])
        self.assertEqual(drawn["beside"], drawn["none"])
        self.assertNotEqual(drawn["burnt"], drawn["none"])

    def test_srt_and_transcript_say_the_same(self):
        text = self.folder / "a.txt"
        self.record("a.mp4", *SMALL, "--captions", "both", "--transcript", text)
        spoken = [t.replace("&gt;", ">").replace("&lt;", "<") for _, _, _, t in cues(self.folder / "a.vtt")]
        srt = (self.folder / "a.srt").read_text()
        self.assertEqual(re.findall(r"\d+\n[\d:,]+ --> [\d:,]+\n(.*)", srt), spoken)
        self.assertEqual([line[14:] for line in text.read_text().splitlines()[2:]], spoken)


class Companions(Case):
    def test_a_file_for_each_chapter(self):
        self.record("a.mp4", *SMALL, "--duration", "4", "--split")
        names = sorted(path.name for path in self.folder.iterdir())
        self.assertEqual(names, ["a-1-Start.mp4", "a-2-one-after-another.mp4", "a-3-gather.mp4"])
        lengths = [float(probe(self.folder / name)["format"]["duration"]) for name in names]
        self.assertAlmostEqual(sum(lengths), 4, places=4)
        self.assertEqual(probe(self.folder / names[2])["format"]["tags"]["title"], "gather")

    def test_thumbnail(self):
        thumbnail = self.folder / "a.png"
        self.record("a.mp4", *SHORT, "--thumbnail", thumbnail)
        self.assertEqual((probe(thumbnail)["video"]["width"], probe(thumbnail)["video"]["height"]), (640, 360))

    def tone(self, seconds):
        path = self.folder / "tone.wav"
        output("ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"sine=d={seconds}", str(path))
        return path

    def test_sound_is_cut_and_filled_up(self):
        for seconds in 1, 5:
            tone = self.tone(seconds)
            for end, codec in ("mp4", "aac"), ("webm", "opus"):
                found = probe(self.record(f"a.{end}", *SHORT, "--audio", tone))
                sound = next(s for s in found["streams"] if s["codec_type"] == "audio")
                self.assertEqual(sound["codec_name"], codec)
                self.assertAlmostEqual(float(found["format"]["duration"]), 2, delta=0.03)
            tone.unlink()

    def speaker(self):
        """A stand-in for espeak-ng in a folder of its own: 0.1 s a character."""
        folder = self.folder / "bin"
        folder.mkdir()
        program = folder / "espeak-ng"
        program.write_text(
            "#!/usr/bin/python3\nimport sys, wave\n"
            "path, text = sys.argv[sys.argv.index('-w') + 1], sys.argv[-1]\n"
            "with wave.open(path, 'wb') as out:\n"
            "    out.setparams((1, 2, 8000, 0, 'NONE', ''))\n"
            "    out.writeframes(b'\\x00\\x40' * 800 * len(text))\n"
        )
        program.chmod(0o755)
        return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "TMPDIR": str(self.folder)}

    def test_captions_are_spoken_and_waited_for(self):
        environment = self.speaker()
        self.record("a.mp4", *SMALL, "--captions", "beside", "--voice", env=environment)
        for _, begin, end, text in cues(self.folder / "a.vtt"):
            self.assertGreaterEqual(end - begin, 0.1 * len(text))
        sound = self.folder / "a.wav"
        output("ffmpeg", "-v", "error", "-i", str(self.folder / "a.mp4"), "-ac", "1", str(sound))
        with wave.open(str(sound)) as file:
            rate, samples = file.getframerate(), memoryview(file.readframes(1 << 30)).cast("h")
        for _, begin, _, text in cues(self.folder / "a.vtt"):
            loud = lambda at: max(map(abs, samples[int(at * rate) : int(at * rate) + 512])) > 2000
            self.assertTrue(loud(begin + 0.05) and loud(begin + 0.1 * len(text) - 0.1), text)
            self.assertFalse(loud(begin + 0.1 * len(text) + 0.1), text)
        self.assertEqual(list(self.folder.glob("awaitscope-*")), [])


class Progress(Case):
    def test_as_json(self):
        done = self.run_program(*SHORT, "-o", self.folder / "a.gif", "--progress", "json", GATHER)
        lines = [json.loads(line) for line in done.stderr.splitlines()]
        self.assertEqual(lines[-1]["frame"], lines[-1]["frames"])
        self.assertTrue(all(set(line) == {"frame", "frames", "seconds", "left"} for line in lines))

    def test_in_a_terminal(self):
        terminal, stderr = os.openpty()
        done = subprocess.run([PROGRAM, "record", *SHORT, "-o", self.folder / "a.gif", GATHER], stderr=stderr)
        os.close(stderr)
        said = os.read(terminal, 1 << 16).decode()
        os.close(terminal)
        self.assertEqual(done.returncode, 0)
        self.assertRegex(said, r"^\rRecording: +\d+ %, \d+ s left ")
        self.assertTrue(said.endswith("\r\x1b[K"), "the line goes when it is done")

    def test_an_interrupt_leaves_nothing(self):
        for number in signal.SIGINT, signal.SIGTERM:
            process = subprocess.Popen(
                [PROGRAM, "record", "--progress", "json", "-o", self.folder / "a.mp4", "--captions", "both", GATHER],
                stderr=subprocess.PIPE,
            )
            process.stderr.readline()  # it has begun
            process.send_signal(number)
            process.stderr.read()
            process.stderr.close()
            self.assertEqual(process.wait(), 128 + number)
            self.assertEqual(list(self.folder.iterdir()), [])


class BadInput(Case):
    def test_impossible_looks(self):
        mp4 = ("-o", self.folder / "a.mp4", GATHER)
        self.refused("MP4 cannot be 641 x 360: both must be even", "--size", "641x360", *mp4)
        self.refused("MP4 cannot be 9000 x 9000: .*", "--size", "9000x9000", *mp4)
        self.refused("--size: '0x0' is no size in pixels.*", "--size", "0x0", *mp4)
        self.refused("MP4 has 1 to 240 frames a second, not 1000", "--fps", "1000", *mp4)
        self.refused("GIF has 1 to 50 frames a second, not 60", "--fps", "60", "-o", self.folder / "a.gif", GATHER)
        self.refused("GIF has no sound", "--audio", "x.wav", "-o", self.folder / "a.gif", GATHER)

    def test_impossible_parts(self):
        mp4 = ("-o", self.folder / "a.mp4", GATHER)
        self.refused("'x' is no time in seconds, no event:N and no marker; markers are .*", "--from", "x", *mp4)
        self.refused("the run has 2?[0-9]+ events, no '100000'", "--from", "event:100000", *mp4)
        self.refused("the run lasts from 0 to 15.5 s, there is no 99 s", "--to", "99", *mp4)
        self.refused("the part begins at 9, after it ends at 3", "--from", "9", "--to", "3", *mp4)
        plain = self.folder / "plain.py"
        plain.write_text("import asyncio\nasyncio.run(asyncio.sleep(1))\n")
        self.refused("--split: there are no chapters; .*", "--split", "-o", self.folder / "a.mp4", plain)

    def test_impossible_places(self):
        self.refused("'.*/a.png' is one picture, .*", "-o", self.folder / "a.png", GATHER)
        self.refused("'.*/a.mov' does not end in .*", "-o", self.folder / "a.mov", GATHER)
        self.refused("cannot write /nowhere/a.mp4: No such file or directory", "-o", "/nowhere/a.mp4", GATHER)
        self.refused("cannot write /dev/full: .*", "-o", "/dev/full", "--format", "mp4", GATHER)
        self.refused("cannot write .*: Is a directory", "-o", self.folder, "--format", "mp4", GATHER)
        (self.folder / "full").mkdir()
        (self.folder / "full" / "file").write_text("")
        self.refused("cannot write .*: Directory not empty", "-o", f"{self.folder}/full/", GATHER)
        self.refused("where to\\? .*", GATHER)

    def test_what_was_there_stays(self):
        path = self.folder / "a.mp4"
        path.write_text("mine")
        self.refused("cannot write /nowhere/t.png: .*", *SHORT, "-o", path, "--thumbnail", "/nowhere/t.png", GATHER)
        self.assertEqual(path.read_text(), "mine")

    def test_a_full_disk(self):
        """A limit on the size of files is as good; the run is saved before, as it needs memory files."""
        saved = self.folder / "run"
        output(PROGRAM, "run", "--save", str(saved), GATHER)
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
        for name in "a.mp4", "a.webm", "a.gif", "a.apng", "a/":
            self.refused(f"cannot write .*/{name.rstrip('/')}: File too large", *SHORT, "-o", f"{self.folder}/{name}",
                         saved, preexec_fn=limit)  # fmt: skip

    def test_bad_sounds_and_narrations(self):
        mp4 = ("-o", self.folder / "a.mp4", GATHER)
        self.refused("cannot take the sound of /nowhere.wav: No such file or directory", "--audio", "/nowhere.wav", *mp4)
        self.refused("cannot take the sound of .*: Invalid data.*", "--audio", GATHER, *mp4)
        self.refused("cannot read /nowhere.vtt: No such file or directory", "--pace-from", "/nowhere.vtt", *mp4)
        self.refused(".* is no WebVTT file", "--pace-from", GATHER, *mp4)
        late = self.folder / "late.vtt"
        late.write_text("WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:04.000 --> 00:05.000\nb\n")
        self.refused(".*: cue 2 does not come after the one before it", "--pace-from", late, *mp4)
        self.refused("--voice and --audio exclude each other.*", "--voice", "--audio", "x.wav", *mp4)
        nothing = {**os.environ, "PATH": str(self.folder)}
        self.refused("--voice needs espeak-ng.*", "--voice", *mp4, env=nothing)


if __name__ == "__main__":
    unittest.main()
