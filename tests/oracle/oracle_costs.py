#!/usr/bin/python3
"""oracle_costs.py SCRIPT.py [args]: the oracle, for scripts with lines that compute.

A statement on a line with a comment "# cost: 0.5 s" computes for 0.5 s before it runs.  All threads
share one interpreter, in which they compute one at a time, first come, first served; each process
has its own.  Meanwhile whatever does not compute goes on, as during a time.sleep().
time.thread_time() is what the thread has computed, from 0.  All else is oracle.py, unchanged.
"""
import ast
import pathlib
import re

ORACLE = pathlib.Path(__file__).with_name("oracle.py")
START = "\nmain()\n"
COST = re.compile(r"# cost: ([\d.]+) s")

oracle = {"__name__": "__main__", "__doc__": __doc__, "__file__": str(ORACLE)}
source = ORACLE.read_text()
assert source.endswith(START), "the oracle starts otherwise"
exec(compile(source.removesuffix(START), ORACLE, "exec"), oracle)
time, local = oracle["time"], oracle["LOCAL"]
free = 0  # when the interpreter is free again


def compute(seconds):
    global free
    now, length = oracle["NOW"], oracle["to_ns"](seconds)
    alone = getattr(local, "process", False)
    end = (now if alone else max(now, free)) + length
    free = free if alone else end
    local.computed = getattr(local, "computed", 0) + length
    oracle["sleep"]((end - now) / 1e9)


def compile_costs(code, name, mode):
    """Compiles the script; before a statement on a line with a cost goes a call."""
    tree, lines = ast.parse(code, name, mode), code.decode().split("\n")
    costs = {number: match[1] for number, line in enumerate(lines, 1) if (match := COST.search(line))}

    def with_cost(statement):
        call = f"__import__('time').compute({costs.get(statement.lineno)})"
        return [*(ast.parse(call).body if statement.lineno in costs else ()), statement]

    for node in ast.walk(tree) if costs else ():
        for field, body in ast.iter_fields(node):
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                setattr(node, field, [each for statement in body for each in with_cost(statement)])
    return compile(tree, name, mode)


def work(self, worker, init, real_work=oracle["VirtualExecutor"].work):
    local.process = isinstance(self, oracle["cf"].ProcessPoolExecutor)
    real_work(self, worker, init)


oracle["VirtualExecutor"].work = work
time.thread_time_ns = oracle["fn"](lambda: getattr(local, "computed", 0))
time.thread_time = oracle["fn"](lambda: time.thread_time_ns() / 1e9)
time.compute, oracle["runpy"].compile = compute, compile_costs
oracle["main"]()
