"""Where CPython's own asyncio, which is written in Python, has what is written in C here.

Tracebacks, stacks and what futures look like in print show places in those files; they are read
when a script first makes one of these appear.
"""
import importlib.machinery
import opcode
import os
import types

FOLDER = os.path.join(os.path.dirname(os.__file__), "asyncio")
INSTRUCTIONS = [
    opcode.opmap[name] for name in ("YIELD_VALUE", "RAISE_VARARGS", "CALL", "CALL_FUNCTION_EX")
]

_functions = {}  # by file, then by qualified name


def _collect(code, found):
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            found[constant.co_qualname] = constant
            _collect(constant, found)
    return found


def _code(file, function):
    if file not in _functions:
        path = os.path.join(FOLDER, f"{file}.py")
        loader = importlib.machinery.SourceFileLoader(f"asyncio.{file}", path)
        _functions[file] = _collect(loader.get_code(loader.name), {})
    return _functions[file][function]


def _find(code, text, before):
    """The number of the line of a function that has this text, after so many others that do."""
    with open(code.co_filename, encoding="utf-8") as file:
        lines = file.read().splitlines()
    numbers = sorted({line for _, _, line in code.co_lines() if line})
    return [number for number in numbers if text in lines[number - 1]][before]


def _instruction(code, line):
    """Where in a function's code it is when it suspends, raises or calls in that line."""
    numbers = [position[0] for position in code.co_positions()]
    for wanted in INSTRUCTIONS:
        for index, number in enumerate(numbers):
            if number == line and code.co_code[2 * index] == wanted:
                return 2 * index
    return 2 * numbers.index(line)


def place(file, function, text, before):
    """(code, line, offset of the instruction, code that begins in that line)."""
    code = _code(file, function)
    line = _find(code, text, before) if text else code.co_firstlineno
    return code, line, _instruction(code, line), code.replace(co_firstlineno=line)
