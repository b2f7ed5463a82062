"""A Runner keeps its loop and its context from run to run."""
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def step(value):
    before = var.get()
    var.set(value)
    await asyncio.sleep(1)
    return before, asyncio.get_running_loop().time(), asyncio.current_task().get_name()


with asyncio.Runner() as runner:
    print(runner.run(step("one")))
    print(runner.run(step("two")))
    print(runner.get_loop().is_running(), runner.get_loop().time(), var.get())
    context = contextvars.copy_context()
    print(runner.run(step("three"), context=context), context[var])
try:
    runner.run(None)
except (RuntimeError, ValueError) as error:
    print(error)
