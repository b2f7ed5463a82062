#!/usr/bin/python3
"""test_record_told.py PROGRAM: what recordings tell, and when: pace, captions, voice, comparisons."""
import os
import re
import shutil
import unittest
import wave

from recording import GATHER, LESSONS, PROGRAM, SHORT, SMALL, Case, cues, frames, output, probe


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

    def test_the_last_picture_says_how_it_ended(self):
        for lesson in "02-gather", "03-time-sleep", "24-to-thread":
            self.record("a.webm", *SMALL, "--captions", "beside", script=LESSONS / f"{lesson}.py")
            self.assertIn("The script is over", cues(self.folder / "a.vtt")[-1][-1], lesson)

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


class Comparisons(Case):
    """What the lesson compares: one after another, and gather."""

    def length(self, *more, script=GATHER):
        return float(probe(self.record("l.mp4", *SMALL, "--compare", *more, script=script))["format"]["duration"])

    def test_captions_say_which_run_and_what_it_comes_to(self):
        text = self.folder / "a.txt"
        path = self.record("a.mp4", *SMALL, "--compare", "--captions", "both", "--transcript", text)
        found = cues(self.folder / "a.vtt")
        said = [words for _, _, _, words in found]
        self.assertIn("gather: gather makes three tasks; all of them wait at the same time.", said)
        self.assertIn("serial: One after another: B cannot begin before A has ended.", said)
        self.assertEqual(said[-1], "gather is done after 4.5 s, serial after 11.0 s: 6.5 s saved.")
        self.assertEqual([line[14:] for line in text.read_text().splitlines()[2:]], said)
        for (_, begin, end, words), following in zip(found, [*found[1:], None]):
            self.assertGreaterEqual((end - begin + 0.002) * 17, len(words), words)
            self.assertTrue(following is None or following[1] >= end, words)
        chapters = [c["tags"]["title"] for c in probe(path)["chapters"]]
        self.assertEqual(chapters, ["Start", "gather: gather", "serial: one after another"])

    def test_runs_are_named_as_compare_names_them(self):
        path = self.folder / "a.vtt"
        words = ("PAUSE=0.7", "WAYS=gather", GATHER, "WAYS=serial", str(LESSONS / "03-time-sleep.py"))
        done = self.run_program(*SHORT, "--compare", "--captions", "beside", "-o", path.with_suffix(".mp4"), GATHER, *words)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        title = probe(path.with_suffix(".mp4"))["format"]["tags"]["title"]
        self.assertEqual(title, "gather, against one after another · time.sleep blocks everything")

    def test_pace_and_parts(self):
        whole = self.length()
        self.assertEqual(self.length("--duration", "7.5"), 7.5)
        self.assertLess(self.length("--speed", "4"), whole - 5)
        self.assertLess(self.length("--shorten-gaps", "0.5"), whole - 5)
        self.assertGreater(self.length("--pause-at-markers", "8"), whole + 4)
        self.assertGreater(self.length("--read-all"), 2 * whole)
        # 9 s is beyond the end of one of them, 4.5 s of virtual time before the other's.
        for part in ("--from", "9"), ("--to", "2"), ("--from", "gather"), ("--to", "one after another"), ("--from", "event:60"):
            self.assertLess(self.length(*part), whole - 1, part)
        mp4 = ("--compare", "-o", self.folder / "a.mp4", GATHER)
        self.refused("the run lasts from 0 to 11 s, there is no 12 s", "--to", "12", *mp4)
        self.refused("the part begins at 9, after it ends at 3", "--from", "9", "--to", "3", *mp4)

    def test_all_formats_and_layouts_are_the_same_each_time(self):
        for n, layout in enumerate(["full", "code", "timeline", "vertical", "square"]):
            name = f"a.{['mp4', 'webm', 'gif', 'apng', 'mp4'][n]}"
            size = "360x640" if layout == "vertical" else "480x480" if layout == "square" else "640x360"
            more = ("--compare", "--size", size, "--fps", "10", "--duration", "2", "--layout", layout)
            once, again = (self.record(f"{k}{name}", *more).read_bytes() for k in "xy")
            self.assertEqual(once, again, layout)

    def test_frames_are_what_shot_draws(self):
        size = ("--compare", "--size", "1280x720")
        folder = self.record("a/", *size, "--fps", "1", "--no-title")
        shot = self.folder / "shot.png"
        output(PROGRAM, "shot", *size, "--as-recorded", "-o", str(shot), GATHER)
        pixels = ("-pix_fmt", "rgb24")
        self.assertEqual(frames(max(folder.iterdir()), *pixels), frames(shot, *pixels))

    def test_frames_within_an_instant_are_what_shot_draws(self):
        size = ("--compare", "--size", "640x360", "--layout", "full")
        pixels = ("-pix_fmt", "rgb24")
        for event in "21", "39", "66":
            more = ("--fps", "2", "--no-title", "--read-all", "--from", f"event:{event}", "--to", f"event:{event}")
            folder = self.record(f"{event}/", *size, *more)
            shot = self.folder / f"{event}.png"
            output(PROGRAM, "shot", *size, "--as-recorded", "--event", event, "-o", str(shot), GATHER)
            self.assertEqual(frames(max(folder.iterdir()), *pixels), frames(shot, *pixels), event)

    def test_what_they_come_to_is_said_however_short_it_is(self):
        said = "gather is done after 4.5 s, serial after 11.0 s: 6.5 s saved."
        most = len(said) / 17
        for more in ("--duration", "9"), ("--duration", "12", "--end-card", "Next: locks"), ("--end-card", "Next: locks"):
            self.record("a/", "--size", "640x360", "--fps", "10", "--compare", "--captions", "beside", *more)
            _, begin, end, text = cues(self.folder / "a.vtt")[-1]
            card = 2.5 if "--end-card" in more else 0
            self.assertEqual(text, said, more)
            self.assertGreaterEqual(end - card - begin, most - 0.002, more)
            for path in (self.folder / "a").iterdir():
                path.unlink()

    def test_clips_and_narrations(self):
        self.record("a.mp4", *SMALL, "--compare", "--split", "--captions", "beside", "--duration", "30")
        names = sorted(path.name for path in self.folder.glob("*.mp4"))
        self.assertEqual(names, ["a-1-Start.mp4", "a-2-gather-gather.mp4", "a-3-serial-one-after-another.mp4"])
        self.record("b.mp4", *SMALL, "--compare", "--captions", "beside")
        narration = self.folder / "narration.vtt"
        moved = [(name, begin + 1.5) for name, begin, _, _ in cues(self.folder / "b.vtt")]
        narration.write_text(
            "WEBVTT\n" + "".join(f"\n{n}\n00:{t:06.3f} --> 00:{t + 1:06.3f}\nwords\n" for n, t in moved)
        )
        self.record("c.mp4", *SMALL, "--compare", "--captions", "beside", "--pace-from", narration)
        found = cues(self.folder / "c.vtt")
        self.assertEqual([name for name, *_ in found], [name for name, _ in moved])
        for (_, begin, _, _), (_, wanted) in zip(found, moved):
            self.assertAlmostEqual(begin, wanted, delta=0.002)

    def test_what_cannot_be_compared_is_said(self):
        plain = self.folder / "plain.py"
        plain.write_text("import asyncio\nasyncio.run(asyncio.sleep(1))\n")
        mp4 = ("--compare", "-o", self.folder / "a.mp4")
        self.refused("'.*plain.py' has no comment '# compare:'; name two runs or more", *mp4, plain)
        self.refused("cannot open the script '/nowhere.py': .*", *mp4, plain, "/nowhere.py")
        self.refused(".*no more than four runs can be compared", *mp4, *[plain] * 5)


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

    def speaker(self, does=None):
        """An environment with espeak-ng: the real one; or else, and where it does something to a text,
        a stand-in, 0.06 s a character."""
        environment = {**os.environ, "TMPDIR": str(self.folder)}
        if shutil.which("espeak-ng") and not does:
            return environment
        folder = self.folder / "bin"
        folder.mkdir()
        program = folder / "espeak-ng"
        program.write_text(
            "#!/usr/bin/python3\nimport os, signal, sys, wave\n"
            "path, text = sys.argv[sys.argv.index('-w') + 1], sys.argv[-1]\n"
            f"if len(text) > 1: {does}\n"
            "with wave.open(path, 'wb') as out:\n"
            "    out.setparams((1, 2, 8000, 0, 'NONE', ''))\n"
            "    out.writeframes(b'\\x00\\x40' * 480 * len(text))\n"
        )
        program.chmod(0o755)
        return {**environment, "PATH": f"{folder}:{os.environ['PATH']}"}

    def loud(self, path):
        """Which hundredths of a second of a file's sound are loud."""
        sound = self.folder / "sound.wav"
        output("ffmpeg", "-y", "-v", "error", "-i", str(path), "-ac", "1", "-ar", "16000", str(sound))
        with wave.open(str(sound)) as file:
            samples = memoryview(file.readframes(1 << 30)).cast("h")
        sound.unlink()
        return [max(map(abs, samples[i : i + 160])) > 300 for i in range(0, len(samples) - 160, 160)]

    def test_captions_are_spoken_and_waited_for(self):
        environment = self.speaker()
        for more in (), ("--compare",), ("--read-all", "--to", "event:40"), ("--from", "gather", "--split"):
            with self.subTest(more):
                self.record("a.mp4", *SMALL, *more, "--captions", "beside", "--voice", env=environment)
                found = {path: cues(path.with_suffix(".vtt")) for path in self.folder.glob("a*.mp4")}
                self.assertTrue(any(found.values()))
                for path, spoken in found.items():
                    self.assert_in_step(spoken, self.loud(path))
                    path.unlink()
        self.assertEqual(list(self.folder.glob("awaitscope-*")), [])

    def assert_in_step(self, spoken, loud):
        """Each is spoken from when it comes up, to its end, before the next one."""
        for (_, begin, end, text), following in zip(spoken, [*spoken[1:], None]):
            until = following[1] - 0.05 if following else len(loud) / 100  # codecs blur a beginning
            heard = [i / 100 for i in range(int(begin * 100), min(int(until * 100), len(loud))) if loud[i]]
            self.assertTrue(heard, text)
            self.assertLess(heard[0] - begin, 0.15, text)
            self.assertGreater(heard[-1] - heard[0], 0.03 * len(text), text)
            self.assertLess(heard[-1], min(end, until - 0.1), text)

    def test_a_voice_that_fails_or_is_not_wanted_any_more_leaves_nothing(self):
        nothing = {**os.environ, "PATH": str(self.folder)}
        mp4 = ("--voice", "-o", self.folder / "a.mp4", GATHER)
        self.refused("--voice needs espeak-ng, which cannot be run: apt-get install espeak-ng", *mp4, env=nothing)
        environment = self.speaker("sys.exit(1)")
        self.refused("--voice: espeak-ng did not speak the captions, or there is no room for them in .*", *mp4, env=environment)
        shutil.rmtree(self.folder / "bin")
        environment = self.speaker("os.kill(os.getppid(), signal.SIGINT)")
        before = sorted(self.folder.rglob("*"))
        done = self.run_program("--read-all", *mp4, env=environment)
        self.assertEqual((done.returncode, done.stderr), (130, ""))
        self.assertEqual(sorted(self.folder.rglob("*")), before)


if __name__ == "__main__":
    unittest.main()
