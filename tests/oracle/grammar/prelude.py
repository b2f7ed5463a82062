"""What every random program begins with."""
import asyncio, concurrent.futures, contextlib, contextvars, gc, queue, re, threading, time

# When the collector runs, and in which order it finds garbage from then on, depends on how much was
# allocated.  All garbage in cycles is collected at the end, in the order in which it was made.
gc.disable()

class Boom(Exception):
    pass

class Thread(threading.Thread):
    """What it dies of is told, and dropped, while it has the baton."""

    def run(self):
        try:
            super().run()
        except BaseException as error:
            threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, self)))

class Tasks(list):
    def __call__(self, number):
        return self[number % len(self)]

T, FUTURES, GENERATORS, LOOP = Tasks(), {}, [], None

def other(number):
    """One of the tasks, but neither the first nor the current one."""
    tasks = [task for task in T[1:] if task is not asyncio.current_task()]
    return tasks[number % len(tasks)] if tasks else named("late", late())[0]

def show(value):
    return re.sub("x[0-9a-f]{6,}", "x", str(value) if isinstance(value, str) else repr(value))

def log(*values):
    try:
        who = asyncio.current_task().get_name()
    except (RuntimeError, AttributeError):
        who = threading.current_thread().name
    print(f"{time.monotonic():.6f}", who, *map(show, values), flush=True)

class go_on:
    """What raises in here is logged, and the rest goes on."""

    def __init__(self, number):
        self.number = number

    def __enter__(self):
        pass

    def __exit__(self, kind, error, traceback):
        if kind and not issubclass(kind, (GeneratorExit, KeyboardInterrupt, SystemExit)):
            log(self.number, "raised", error)
            return True


def F(number):
    if number not in FUTURES:
        FUTURES[number] = LOOP.create_future()
    return FUTURES[number]

def renew(number):
    FUTURES.pop(number, None)

def resolve(number):
    if not F(number).done():
        F(number).set_result(number)

def state(future):
    return "cancelled" if future.cancelled() else "done" if future.done() else "pending"

def outcome(future):
    if future.cancelled() or not future.done():
        return state(future)
    return future.exception() or future.result()

def str_name(future):
    return future.get_name() if isinstance(future, asyncio.Task) else "future"

def waited(sets):
    return [sorted(map(str_name, futures)) for futures in sets]

def named(name, *coros):
    return [asyncio.create_task(coro, name=f"{name}.{i}") for i, coro in enumerate(coros)]

def predicate(calls):
    left = iter(range(calls))
    return lambda: next(left, None) is None

def log_in(context, number):
    log(number, context.run(V0.get))

async def late():
    await asyncio.sleep(1)


def kept(generator):
    """When a generator that is dropped is closed depends on the frames that tracebacks hold."""
    GENERATORS.append(generator)
    return generator


async def later(awaitable):
    return await awaitable

def give_up(left):
    log("give up")
    for task in T:
        task.cancel()
    if left:
        LOOP.call_later(10, give_up, left - 1)
