#!/usr/bin/python3
"""bench_record.py RECORD_FRAMES PROGRAM SCRIPT: how fast recording is, how true, and in how much memory."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PART = ("--size", "1920x1080", "--duration", "8")


def record(program, script, path, *options):
    """Records; returns seconds of processor time and the peak of memory in MB."""
    process = subprocess.Popen([program, "record", *options, "-o", path, script])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(1)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def ssim(video, pictures):
    """Of a video at a constant rate, against its frames as they were drawn."""
    command = ["ffmpeg", "-hide_banner", "-i", video, "-framerate", "60", "-i", f"{pictures}/frame-%06d.png"]
    graph = "[1:v]scale=out_color_matrix=bt709:flags=accurate_rnd+full_chroma_int,format=yuv420p[drawn];[0:v][drawn]ssim"
    done = subprocess.run([*command, "-lavfi", graph, "-f", "null", "-"], capture_output=True, text=True)
    return re.search(r"SSIM Y:([\d.]+).* All:([\d.]+)", done.stderr).groups()


def main():
    frames, program, script = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([frames, script], check=True, cwd=folder)
        folder = pathlib.Path(folder)
        video, pictures = str(folder / "a.mp4"), str(folder / "a")
        record(program, script, video, *PART, "--constant-rate")
        record(program, script, pictures, *PART, "--fps", "60", "--format", "png")
        luma, both = ssim(video, pictures)
        size = os.path.getsize(video) * 8 / 8 / 1e6
        print(f"SSIM against the drawn frames: {luma} of luma, {both} in all; {size:.2f} Mbit/s")
        for duration in "5", "60":
            cpu, memory = record(program, script, video, "--duration", duration)
            print(f"{duration:>2} s of video: {cpu:.1f} s of processor time, {memory:.0f} MB at most")


if __name__ == "__main__":
    main()
