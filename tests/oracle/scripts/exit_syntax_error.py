"""A syntax error: nothing runs, exit code 1."""
import asyncio

print("never printed")
async def main()
    pass
