"""What inspect says of asyncio's functions and classes."""
import asyncio
import inspect
import threading

FUNCTIONS = """all_tasks as_completed create_task current_task ensure_future gather get_event_loop
    get_running_loop iscoroutine iscoroutinefunction isfuture new_event_loop run set_event_loop shield
    sleep to_thread wait wait_for""".split()
CLASSES = """Barrier BoundedSemaphore Condition Event Future LifoQueue Lock PriorityQueue Queue Runner
    Semaphore Task TaskGroup""".split()
LOOP = """call_at call_exception_handler call_later call_soon call_soon_threadsafe close create_future
    create_task default_exception_handler get_debug get_exception_handler get_task_factory is_closed
    is_running run_forever run_in_executor run_until_complete set_debug set_default_executor
    set_exception_handler set_task_factory shutdown_asyncgens shutdown_default_executor stop time""".split()


def show(name, function):
    kinds = inspect.iscoroutinefunction(function), asyncio.iscoroutinefunction(function)
    try:
        print(f"{name}{inspect.signature(function)}", *kinds)
    except ValueError:  # CPython itself has some that cannot be told
        print(name, *kinds)


for name in FUNCTIONS:
    show(name, getattr(asyncio, name))
for name in CLASSES:
    if name != "Task":  # the oracle has one of its own
        show(name, getattr(asyncio, name))


async def main():
    arguments = {"Barrier": (2,), "Task": (asyncio.sleep(0),)}
    for name in CLASSES:
        made = getattr(asyncio, name)(*arguments.get(name, ()))
        for method in sorted(dir(made)):
            if not method.startswith("_") and inspect.isroutine(getattr(made, method)):
                show(f"{name}.{method}", getattr(made, method))


asyncio.run(main())
loop = asyncio.new_event_loop()
for name in LOOP:
    show(f"loop.{name}", getattr(loop, name))
loop.close()
print(inspect.iscoroutinefunction(threading.Lock().acquire), inspect.iscoroutinefunction(asyncio.Lock().acquire))
