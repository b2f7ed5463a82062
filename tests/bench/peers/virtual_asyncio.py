#!/usr/bin/python3
"""virtual_asyncio.py SCRIPT [ARGS]: runs an asyncio script on CPython's own loop and a virtual clock.

Nothing but the clock differs from `python3 SCRIPT`: no rule of the oracle's, which cost time, holds.
"""
import asyncio
import runpy
import selectors
import sys


class Selector(selectors.DefaultSelector):
    """Instead of waiting, moves the clock."""

    now_s = 0.0

    def select(self, timeout=None):
        self.now_s += timeout or 0
        return ()


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.clock = Selector()
        super().__init__(self.clock)

    def time(self):
        return self.clock.now_s


asyncio.DefaultEventLoopPolicy._loop_factory = Loop
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
