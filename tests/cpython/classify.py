"""classify.py MODULE...: which methods of CPython's tests use private names of its implementation.

Prints a JSON object: the name of each method, and the private thing that it uses, or null.  A
method is read together with what it calls of its own class and of its module, and with the fixtures
of its class.  Private are:

 - an attribute with a leading underscore (`task._fut_waiter`, `asyncio.tasks._x`, also as a string
   for getattr and mock), unless the test file itself defines it;
 - a patch of a module of asyncio (mock.patch("asyncio.base_events.logger"));
 - a loop whose time a generator of the test steers (new_test_loop(gen)), which overrides
   BaseEventLoop._run_once;
 - another interpreter started with a program (assert_python_ok), which is not ours.

Not counted are the classes' choice between CPython's two implementations of Task and Future, which
is not the methods', and a test loop that is only a loop (new_test_loop()).
"""
import ast
import inspect
import json
import sys
import unittest

import driver

FIXTURES = "setUp", "tearDown", "asyncSetUp", "asyncTearDown"


def is_private(name):
    return name.startswith("_") and not name.endswith("__")


class File:
    """The functions of a test file, and the private names that it defines itself."""

    def __init__(self, path):
        with open(path) as file:
            self.tree = ast.parse(file.read())
        self.functions, self.own, foreign = {}, set(), set()
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                first = min([node.lineno] + [d.lineno for d in node.decorator_list])
                self.functions[first] = node
                self.own.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
                    self.own.add(node.attr)
            elif isinstance(node, ast.ClassDef):
                for item in node.body:
                    for target in getattr(item, "targets", []):
                        if isinstance(target, ast.Name):
                            self.own.add(target.id)
                            if any(is_private(getattr(n, "attr", "")) for n in ast.walk(item)):
                                foreign.add(target.id)

        self.own -= foreign  # other names for asyncio's own: _register = tasks._register_task

    def node_of(self, function):
        return self.functions.get(inspect.unwrap(function).__code__.co_firstlineno)


def private_use(file, node):
    """What a function's own text uses, or None."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute):
            if is_private(part.attr) and part.attr not in file.own:
                return part.attr
            if part.attr == "assert_python_ok":
                return "another interpreter"
        elif isinstance(part, ast.ImportFrom) and part.module.startswith("asyncio"):
            for alias in part.names:
                if is_private(alias.name):
                    return alias.name
        elif isinstance(part, ast.Name) and part.id == "assert_python_ok":
            return "another interpreter"
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            if part.value.startswith("asyncio.") and part.value.replace(".", "").isidentifier():
                return f"patch of {part.value}"
            if part.value.startswith("_") and is_private(part.value) and part.value.isidentifier():
                return part.value
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            if part.func.attr == "new_test_loop" and part.args:
                return "new_test_loop(gen)"
    return None


def called(file, node, cls, module):
    """The functions of the file that a function names: as self.x, or as a global."""
    for part in ast.walk(node):
        function = None
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            if part.value.id == "self":
                function = inspect.getattr_static(cls, part.attr, None)
        elif isinstance(part, ast.Name):
            function = getattr(module, part.id, None)
        function = getattr(function, "__func__", function)
        if inspect.isfunction(function) and function.__module__ == module.__name__:
            found = file.node_of(function)
            if found:
                yield found


def classify(test, module, file):
    cls = type(test)
    names = [test._testMethodName, *FIXTURES]
    waiting = []
    for name in names:
        function = inspect.getattr_static(cls, name, None)
        if inspect.isfunction(function) and inspect.unwrap(function).__module__ == module.__name__:
            found = file.node_of(function)
            if found:
                waiting.append(found)
    seen = set()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            use = private_use(file, node)
            if use:
                return use
            waiting += called(file, node, cls, module)
    return None


def main(names):
    uses = {}
    for name in names:
        suite = unittest.defaultTestLoader.loadTestsFromName(name)
        module = sys.modules[name]
        file = File(module.__file__)
        for test in driver.methods(suite):
            uses[test.id()] = classify(test, module, file)
    json.dump(uses, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
