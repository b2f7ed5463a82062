# title: Each task has a context of its own
# about: A task begins with a copy of its creator's context variables; changes stay its own.
import asyncio
import contextvars

SLOW = 2.0  # param: 0.5..4.0 step 0.5 s: how long Ann's request takes
user = contextvars.ContextVar("user", default="nobody")


async def query(seconds):
    await asyncio.sleep(seconds)
    # caption: No argument, no global: the task's own context knows.
    print(f"query for {user.get()}")  # marker: a query


async def request(name, seconds):
    user.set(name)  # caption: This changes the copy of this task only.
    await query(seconds)


async def main():
    user.set("main")
    await asyncio.gather(request("Ann", SLOW), request("Bob", 1.2))
    # caption: Neither request changed the context of main.
    print(f"main is still {user.get()}")  # marker: the end


asyncio.run(main())
