"""Shrinks a random program that differs to a small one that differs too, by its tree."""
import copy
import itertools

from program import CHOICES


def walk(block):
    """Every block of a program, and every statement with the block it stands in, outermost first."""
    blocks, statements = [block], []
    for inner in blocks:
        for statement in inner:
            statements.append((inner, statement))
            for hole, fill in zip(statement.template.holes, statement.fills):
                if hole not in CHOICES:
                    blocks += fill
    return blocks, statements


def without(items, start, count):
    del items[start : start + count]


def replace(block, statement, by):
    at = next(i for i, each in enumerate(block) if each is statement)
    block[at : at + 1] = by


def set_choice(statement, hole, index):
    statement.fills[hole] = index


def cuts(root):
    """The smaller programs one step away, the boldest steps first, as functions that change root."""
    blocks, statements = walk(root)
    size = max(len(block) for block in blocks)
    while size:
        for block in blocks:
            for start in range(0, len(block) - size + 1, size):
                yield without, block, start, size
        size //= 2
    for block, statement in statements:
        for hole, fill in zip(statement.template.holes, statement.fills):
            if hole == "body":
                yield replace, block, statement, fill[0]
            elif hole in ("coro", "coros", "function"):
                for inner in fill:
                    yield replace, block, statement, inner
            if hole == "coros" and len(fill) > 1:
                for start in range(len(fill)):
                    yield without, fill, start, 1
    for _, statement in statements:
        for i, hole in enumerate(statement.template.holes):
            if hole in CHOICES and statement.fills[i] > 0:
                yield set_choice, statement, i, 0


def changed(root, number):
    """A copy of the program, made smaller by the given cut; None if there are not so many."""
    candidate = copy.deepcopy(root)
    for change, *arguments in itertools.islice(cuts(candidate), number, None):
        change(*arguments)
        return candidate
    return None


def shrink(root, still_differs, most_trials=800):
    """The smallest program found; still_differs(root) tries one."""
    number, shrunk = 0, False
    for _ in range(most_trials):
        candidate = changed(root, number)
        if candidate is None:
            if not shrunk:
                break
            number, shrunk = 0, False
        elif still_differs(candidate):
            root, shrunk = candidate, True
        else:
            number += 1
    return root
