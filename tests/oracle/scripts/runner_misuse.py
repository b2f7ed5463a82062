"""What a Runner refuses."""
import asyncio


async def inner():
    runner = asyncio.Runner()
    coro = asyncio.sleep(0)
    try:
        runner.run(coro)
    except RuntimeError as error:
        print(error)
        coro.close()
    runner.close()


runner = asyncio.Runner(debug=True)
runner.run(inner())
print(runner.get_loop().get_debug())
try:
    runner.run(42)
except ValueError as error:
    print(error)
runner.close()
runner.close()
try:
    runner.get_loop()
except RuntimeError as error:
    print(error)
