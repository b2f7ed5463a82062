"""Each task has a copy of its creator's context; callbacks too."""
import asyncio
import contextvars

user = contextvars.ContextVar("user", default="nobody")


async def child(name):
    print(name, "starts with", user.get())
    user.set(name)
    await asyncio.sleep(1)
    print(name, "has", user.get())


async def main():
    user.set("main")
    a = asyncio.create_task(child("a"))
    asyncio.get_running_loop().call_soon(lambda: print("callback", user.get()))
    user.set("main, later")
    b = asyncio.create_task(child("b"))
    await a
    await b
    print("main has", user.get())
    await child("in the same task")
    print("main has", user.get())


asyncio.run(main())
print("outside", user.get())
