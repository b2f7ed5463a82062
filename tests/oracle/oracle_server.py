#!/usr/bin/python3
"""oracle_server.py: oracle.py for many scripts, in a fork each, so that asyncio is imported once.

Reads lines "ORDER SCRIPT" (ORDER is forward or reverse) and answers each with the exit code, when
SCRIPT.out and SCRIPT.err hold what the script wrote.
"""
import ast
import gc
import os
import pathlib
import sys
import types

# What random programs import, so that each need not.
import concurrent.futures.thread, contextlib, contextvars, queue, re, threading  # noqa: E401, F401

ORACLE = pathlib.Path(__file__).resolve().with_name("oracle.py")
MODE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def load():
    """oracle.py as a module, all but its last statement: the call of main()."""
    tree = ast.parse(ORACLE.read_text(), str(ORACLE))
    assert ast.unparse(tree.body.pop()) == "main()"
    module = types.ModuleType("oracle")
    exec(compile(tree, ORACLE, "exec"), module.__dict__)
    return module


def order_generators(oracle):
    """Async generators that a loop shuts down are visited in order, as asyncio's other sets are."""
    plain = oracle.Loop.__init__

    def init(loop):
        plain(loop)
        loop._asyncgens.data = oracle.OrderedSet()

    oracle.Loop.__init__ = init


def run(oracle, order, script):
    """In the child: never returns."""
    for number, suffix in (1, ".out"), (2, ".err"):
        os.dup2(os.open(script + suffix, MODE), number)
    oracle.REVERSE = order == "reverse"
    sys.argv = [str(ORACLE), script]
    oracle.main()


def main():
    answers = os.fdopen(os.dup(1), "w")
    oracle = load()
    order_generators(oracle)
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        order, script = line.rstrip("\n").split(" ", 1)
        child = os.fork()
        if child == 0:
            run(oracle, order, script)
        status = os.waitpid(child, 0)[1]
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


if os.environ.get("PYTHONHASHSEED") != "0":
    sys.exit("PYTHONHASHSEED has to be 0")
main()
