"""A module beside the script is imported, inside a function too."""
import asyncio


async def main():
    from support.greetings import greet, slow_greet

    print(greet("here"))
    print(await slow_greet("there"), asyncio.get_running_loop().time())


asyncio.run(main())
