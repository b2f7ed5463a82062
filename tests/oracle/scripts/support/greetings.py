"""Imported by import_sibling.py."""
import asyncio


def greet(where):
    return f"hello from {__name__}, {where}"


async def slow_greet(where):
    await asyncio.sleep(1)
    return greet(where)
