#!/usr/bin/python3
"""oracle.py story.py STORIES: what the stories of tests/story.h say on real asyncio, a line each.

Run it under oracle.py, for the virtual clock.
"""
import asyncio
import inspect
import pathlib
import sys

# A comprehension makes a real set, whose order is that of hashes; ours is that of the arguments.
SOURCE = inspect.getsource(asyncio.tasks.as_completed)
exec(SOURCE.replace("{ensure_future(f, loop=loop) for f in set(fs)}",
                    "set([ensure_future(f, loop=loop) for f in set(fs)])"), asyncio.tasks.__dict__)
asyncio.as_completed = asyncio.tasks.as_completed


def text_of(exception):
    if isinstance(exception, BaseExceptionGroup):
        return f"Group[{','.join(map(text_of, exception.exceptions))}]"[:111]
    return type(exception).__name__


class Item(str):
    """An item of a queue; one that begins with ! cannot be compared."""

    def __lt__(self, other):
        if self[0] == "!" or other[0] == "!":
            raise raised("Incomparable")
        return str.__lt__(self, other)


def raised(name):
    return type(name, (Exception,), {})()


BLOCKS = ("try", "guard", "with", "timeout", "group")


class Block:
    def __init__(self, body):
        self.body = body


def parse(steps):
    """The steps of one task as a tree: [step, [steps of the block] or None]."""
    tree, stack = [], []
    for step in steps:
        if step == "end":
            if stack:
                tree = stack.pop()
            else:
                tree.append((step, None))
        else:
            body = [] if step.split()[0] in BLOCKS else None
            tree.append((step, body))
            if body is not None:
                stack.append(tree)
                tree = body
    return stack[0] if stack else tree


class Return(BaseException):
    pass


class Story:
    def __init__(self, text):
        self.programs, self.tasks, self.log = {}, {}, []
        for line in text.splitlines():
            name, _, steps = line.strip().partition(":")
            self.programs[name] = parse([s.strip() for s in steps.split(";") if s.strip()])
        condition = asyncio.Condition()
        self.objects = {
            "L": asyncio.Lock(), "M": asyncio.Lock(), "E": asyncio.Event(), "F": asyncio.Event(),
            "C": condition, "S": asyncio.Semaphore(2), "T": asyncio.BoundedSemaphore(1),
            "B": asyncio.Barrier(2), "Q": asyncio.Queue(), "R": asyncio.Queue(1),
            "P": asyncio.PriorityQueue(), "Z": asyncio.LifoQueue(),
        }
        self.over = False

    def say(self, name, what, outcome=None, value=None):
        if self.over:
            return
        text = f"{name}:{what}"
        if outcome is not None:
            text += f"!{text_of(outcome)}"
        elif value is not None:
            text += f"={value}"
        self.log.append(f"{text}@{round(self.loop.time() - self.begin)} ")

    def start(self, name, group=None):
        make = group.create_task if group else self.loop.create_task
        self.tasks[name] = make(Actor(self, name).run(), name=name)

    def run(self):
        self.loop = asyncio.new_event_loop()
        self.loop.set_exception_handler(self.handler)
        self.begin = self.loop.time()
        asyncio.set_event_loop(self.loop)
        self.loop.call_later(1000, self.loop.stop)
        main = self.loop.create_task(Actor(self, "m").run())
        self.tasks["m"] = main
        main.add_done_callback(lambda _: self.loop.stop())
        self.loop.run_forever()
        self.over = True
        return "".join(self.log)

    def handler(self, loop, context):
        if "parent" in context["message"]:
            self.log.append(f"lost!{text_of(context['exception'])} ")


class Actor:
    def __init__(self, story, name):
        self.story, self.name = story, name
        self.timeouts, self.groups = [], []

    async def run(self):
        story, value = self.story, None
        try:
            await self.steps(story.programs[self.name])
        except Return as end:
            value = end.args[0]
        finally:
            if not story.over:
                story.log.append(f"{self.name}.")
        return value

    async def steps(self, tree):
        for step, body in tree:
            if body is None:
                await self.step(step)
            else:
                await self.block(step, body)

    def task(self, name):
        may = name != "m" and (name > self.name or self.name == "m")
        return self.story.tasks.get(name) if may else None

    async def block(self, step, body):
        say, words = self.story.say, step.split()
        kind = words[0]
        entered = False
        try:
            if kind in ("try", "guard"):
                say(self.name, step)
                entered = True
                try:
                    await self.steps(body)
                except (Return, GeneratorExit):
                    raise
                except BaseException as error:
                    if kind == "guard" and isinstance(error, asyncio.CancelledError):
                        raise
                    say(self.name, "caught", error)
            else:
                if kind == "with":
                    manager = self.story.objects[words[1]]
                elif kind == "timeout":
                    seconds = None if words[1] == "-" else int(words[1])
                    manager = asyncio.timeout(seconds)
                else:
                    manager = asyncio.TaskGroup()
                try:
                    await manager.__aenter__()
                except BaseException as error:
                    say(self.name, step, error)
                    raise
                say(self.name, step)
                entered = True
                await self.managed(manager, kind, body)
        except Return:
            if entered:
                say(self.name, "end", None, self.returned)
            raise
        except BaseException as error:
            if entered:
                say(self.name, "end", error)
            raise
        else:
            say(self.name, "end")

    async def managed(self, manager, kind, body):
        stack = {"timeout": self.timeouts, "group": self.groups}.get(kind, [])
        stack.append(manager)
        try:
            try:
                await self.steps(body)
            except Return:
                # To the block this is a normal end.
                await manager.__aexit__(None, None, None)
                raise
            except BaseException as error:
                await manager.__aexit__(type(error), error, error.__traceback__)
                raise
            else:
                await manager.__aexit__(None, None, None)
        finally:
            stack.pop()

    async def step(self, step):
        say, words = self.story.say, step.split()
        if words[0] == "completed":
            return await self.completed(step, words)
        try:
            value = await self.perform(*words)
        except GeneratorExit:
            raise
        except BaseException as error:
            say(self.name, step, error)
            raise
        if value is NotImplemented:
            say(self.name, "-")
        else:
            say(self.name, step, None, value)
        if words[0] == "return":
            self.returned = value
            raise Return(value)

    async def completed(self, step, words):
        say = self.story.say
        tasks = [self.task(n) for n in words[1] if self.task(n)]
        if not tasks:
            return say(self.name, "-")
        timeout = None if words[2] == "-" else int(words[2])
        for awaitable in asyncio.as_completed(tasks, timeout=timeout):
            try:
                say(self.name, step, None, await awaitable)
            except (asyncio.CancelledError, GeneratorExit) as error:
                say(self.name, step, error)
                raise
            except BaseException as error:
                say(self.name, step, error)

    async def perform(self, verb, *words):
        method = getattr(self, "do_" + verb)
        result = method(*words)
        return await result if asyncio.iscoroutine(result) else result

    def object(self, name):
        return self.story.objects[name]

    async def do_sleep(self, seconds):
        await asyncio.sleep(int(seconds))

    async def do_yield(self):
        await asyncio.sleep(0)

    def do_start(self, name):
        if name in self.story.tasks or name not in self.story.programs:
            return NotImplemented
        self.story.start(name)

    def do_create(self, name):
        if not self.groups or name in self.story.tasks or name not in self.story.programs:
            return NotImplemented
        self.story.start(name, self.groups[-1])

    async def do_await(self, name):
        return await self.task(name) if self.task(name) else NotImplemented

    async def do_shield(self, name):
        return await asyncio.shield(self.task(name)) if self.task(name) else NotImplemented

    def do_cancel(self, name):
        if name not in self.story.tasks:
            return NotImplemented
        self.story.tasks[name].cancel()

    def do_uncancel(self):
        self.story.tasks[self.name].uncancel()

    def do_raise(self, name):
        raise raised(name)

    def do_return(self, value):
        return value

    async def do_acquire(self, name):
        await self.object(name).acquire()

    def do_release(self, name):
        self.object(name).release()

    async def do_wait(self, name):
        value = await self.object(name).wait()
        return value if name == "B" else None

    async def do_wait_until(self, condition, event):
        return await self.object(condition).wait_for(self.object(event).is_set)

    def do_set(self, name):
        self.object(name).set()

    def do_clear(self, name):
        self.object(name).clear()

    def do_notify(self, name, count):
        self.object(name).notify(int(count))

    async def do_reset(self, name):
        await self.object(name).reset()

    async def do_abort(self, name):
        await self.object(name).abort()

    async def do_put(self, name, value):
        await self.object(name).put(Item(value))

    async def do_get(self, name):
        return await self.object(name).get()

    def do_push(self, name, value):
        self.object(name).put_nowait(Item(value))

    def do_pop(self, name):
        return self.object(name).get_nowait()

    def do_done(self, name):
        self.object(name).task_done()

    async def do_join(self, name):
        await self.object(name).join()

    async def do_wait_for(self, name, seconds):
        if not self.task(name):
            return NotImplemented
        return await asyncio.wait_for(self.task(name), None if seconds == "-" else int(seconds))

    async def wait_many(self, until, names, seconds):
        tasks = [self.task(n) for n in dict.fromkeys(names) if self.task(n)]
        if not tasks:
            return NotImplemented
        await asyncio.wait(tasks, timeout=None if seconds == "-" else int(seconds),
                           return_when=until)
        names = [n for n in dict.fromkeys(names) if self.task(n)]
        done = "".join(n for n in names if self.task(n).done())
        return done + "/" + "".join(n for n in names if not self.task(n).done())

    def do_wait_all(self, names, seconds):
        return self.wait_many(asyncio.ALL_COMPLETED, names, seconds)

    def do_wait_first(self, names, seconds):
        return self.wait_many(asyncio.FIRST_COMPLETED, names, seconds)

    def do_wait_failed(self, names, seconds):
        return self.wait_many(asyncio.FIRST_EXCEPTION, names, seconds)

    def do_move(self, seconds):
        if not self.timeouts:
            return NotImplemented
        when = None if seconds == "-" else self.story.loop.time() + int(seconds)
        self.timeouts[-1].reschedule(when)


def main():
    for text in pathlib.Path(sys.argv[1]).read_text().split("\n\n"):
        if text.strip():
            print(Story(text).run(), flush=True)


main()
