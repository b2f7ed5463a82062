"""Methods of loops take their arguments by name, too, and say which is missing."""
import asyncio


async def main():
    return "done"


def attempt(function, *args, **keywords):
    try:
        print(function(*args, **keywords))
    except TypeError as error:
        print(error)


loop = asyncio.new_event_loop()
attempt(asyncio.set_event_loop, loop=loop)
attempt(asyncio.set_event_loop)
attempt(loop.set_debug, enabled=False)
attempt(loop.set_debug)
attempt(loop.set_debug, True, False)
attempt(loop.set_task_factory, factory=None)
attempt(loop.set_task_factory, task=None)
attempt(loop.set_exception_handler, handler=lambda loop, context: print(context["message"]))
attempt(loop.call_exception_handler, context={"message": "said"})
attempt(loop.call_exception_handler)
attempt(loop.run_until_complete, future=main())
attempt(loop.run_until_complete)
loop.close()
