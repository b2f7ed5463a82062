"""What CPython's tests expect around our asyncio: see set_up()."""
import asyncio
from asyncio import base_events, events, futures, log, tasks


class TestLoop(base_events.BaseEventLoop):
    """The loop of test_asyncio.utils, on the virtual clock.

    There, a generator of each test moves a clock of the loop's own, from 0; here the clock moves by
    itself, and only its beginning is the loop's own.
    """

    def __init__(self, gen=None):
        super().__init__()
        self._start = super().time()

    def time(self):
        return super().time() - self._start

    def call_at(self, when, callback, *args, context=None):
        return super().call_at(when + self._start, callback, *args, context=context)

    def advance_time(self, advance):
        import time

        time.sleep(advance)

    def _run_once(self):
        self.call_soon(self.stop)
        self.run_forever()


def set_up():
    """CPython has each class twice, in C and in Python; here both names mean our one."""
    for kind in "_Py", "_C":
        setattr(futures, kind + "Future", asyncio.Future)
        setattr(tasks, kind + "Task", asyncio.Task)
    for kind in "_py", "_c":
        for name in "register", "unregister", "enter", "leave":
            setattr(tasks, f"{kind}_{name}_task", getattr(tasks, f"_{name}_task"))
        setattr(tasks, f"{kind}_current_task", asyncio.current_task)
    if not hasattr(events, "_event_loop_policy"):
        events._event_loop_policy = None  # test.support looks there whether there is one
    base_events.logger = log.logger
    from test.test_asyncio import utils

    utils.TestLoop = TestLoop
