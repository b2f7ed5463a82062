#!/usr/bin/python3
"""test_record.py PROGRAM: recordings as files, and all that can go wrong."""
import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import unittest

from recording import GATHER, PROGRAM, SHORT, SMALL, Case, cues, frames, output, probe


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

    def test_an_apng_leaves_out_what_stays(self):
        more = (*SMALL[:2], "--fps", "10", "--duration", "4", "--no-title")
        path, whole = self.record("a.apng", *more), self.folder / "whole.apng"
        output("ffmpeg", "-v", "error", "-i", str(path), "-pix_fmt", "rgb24", "-c:v", "apng", "-f", "apng", str(whole))
        self.assertLess(path.stat().st_size, 0.6 * whole.stat().st_size)
        pictures = self.record("a/", *more)
        shown = {line.split(",")[-1] for line in frames(path, "-pix_fmt", "rgb24")}
        drawn = frames(pictures / "frame-%06d.png", "-pix_fmt", "rgb24")
        self.assertEqual(shown, {line.split(",")[-1] for line in drawn})

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


if __name__ == "__main__":
    unittest.main()
