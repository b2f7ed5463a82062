"""_enter_task, _leave_task, _register_task and _unregister_task: the script says which tasks there are."""
import asyncio
from asyncio.tasks import _enter_task, _leave_task, _register_task, _unregister_task


class Something:
    """Not a task, but it looks like one."""

    def __init__(self, loop, name):
        self._loop, self._name = loop, name

    def __repr__(self):
        return f"<{self._name}>"

    def get_loop(self):
        return self._loop

    def done(self):
        return False


def attempt(function, *args):
    try:
        print(function.__name__, function(*args))
    except RuntimeError as error:
        print(function.__name__, "refused:", str(error).split("Task-")[0].split(" name=")[0][:40])


async def pause():
    await asyncio.sleep(1)


async def main():
    loop, own = asyncio.get_running_loop(), asyncio.current_task()
    one, two = Something(loop, "one"), Something(loop, "two")
    attempt(_enter_task, loop, one)
    _leave_task(loop, own)
    print(asyncio.current_task(), asyncio.current_task(loop))
    attempt(_leave_task, loop, two)
    _enter_task(loop, one)
    print(asyncio.current_task())
    attempt(_enter_task, loop, two)
    attempt(_leave_task, loop, two)
    _leave_task(loop, one)
    _enter_task(loop, own)
    print(asyncio.current_task() is own)

    _register_task(one)
    _register_task(task=one)
    print(len(asyncio.all_tasks()), one in asyncio.all_tasks(), own in asyncio.all_tasks(loop))
    _unregister_task(one)
    _unregister_task(two)
    print(asyncio.all_tasks() == {own})
    child = asyncio.create_task(pause(), name="child")
    _unregister_task(child)
    print(child in asyncio.all_tasks(), len(asyncio.all_tasks()))
    _register_task(child)
    print(child in asyncio.all_tasks(), len(asyncio.all_tasks()))
    await child
    print(child in asyncio.all_tasks(), asyncio.current_task() is own)


asyncio.run(main())
