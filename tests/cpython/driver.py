"""driver.py MODULE [--after METHOD]: runs a module of CPython's tests and says how each method ended.

It is run by python3, and by awaitscope, whose `asyncio` the tests then see.  Each method gives two
lines on stdout: that it begins, and how it ended (MARK, "end", name, outcome, one line of why).
With --after it goes on behind a method that ended the run.
"""
import os
import sys
import unittest
import warnings

MARK = "\x02"


def tell(*words):
    sys.__stdout__.write("\n" + MARK + "\t".join(words) + "\n")
    sys.__stdout__.flush()


class Outcomes(unittest.TestResult):
    """Tells the worst outcome of each method, with its last line."""

    outcome = None  # of the method that is running

    def startTest(self, test):
        super().startTest(test)
        self.outcome, self.why = "passed", ""
        tell("begin", test.id())

    def note(self, outcome, error):
        if self.outcome != "failed":
            lines = str(error[1]).splitlines() or [""]
            self.outcome, self.why = outcome, f"{error[0].__name__}: {lines[0]}"
        if os.environ.get("TRACEBACKS"):
            import traceback

            traceback.print_exception(*error, file=sys.__stderr__)

    def addError(self, test, error):
        if not self.outcome:  # a fixture of a class or of the module
            tell("begin", test.id())
            self.note("failed", error)
            self.stopTest(test)
        else:
            self.note("failed", error)

    def addFailure(self, test, error):
        self.note("failed", error)

    def addSubTest(self, test, subtest, error):
        if error:
            self.note("failed", error)

    def addSkip(self, test, reason):
        self.outcome, self.why = "skipped", reason

    def addExpectedFailure(self, test, error):
        pass

    def addUnexpectedSuccess(self, test):
        self.outcome, self.why = "failed", "it was expected to fail"

    def stopTest(self, test):
        super().stopTest(test)
        tell("end", test.id(), self.outcome, self.why)
        self.outcome = None


def methods(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from methods(test)
        else:
            yield test


def main(module, after=None):
    import asyncio

    if not getattr(asyncio, "__file__", None):
        import stage

        stage.set_up()
    warnings.simplefilter("default")
    tests = list(methods(unittest.defaultTestLoader.loadTestsFromName(module)))
    if after:
        tests = tests[[test.id() for test in tests].index(after) + 1 :]
    outcomes = Outcomes()
    unittest.TestSuite(tests).run(outcomes)
    tell("over")


if __name__ == "__main__":
    main(sys.argv[1], *sys.argv[3:])
