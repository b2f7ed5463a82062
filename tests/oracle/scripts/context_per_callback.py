"""Callbacks run in the context that they were given, or in a copy of the current one."""
import asyncio
import contextvars

var = contextvars.ContextVar("var")


def show(*what):
    print(*what, var.get("unset"))
    var.set("changed")


async def main():
    loop = asyncio.get_running_loop()
    var.set("main")
    context = contextvars.copy_context()
    loop.call_soon(show, "soon")
    loop.call_soon(show, "again")
    loop.call_later(1, show, "later")
    var.set("other")
    loop.call_soon(show, "given", context=context)
    loop.call_at(2, lambda: show("at"), context=context)
    future = loop.create_future()
    future.add_done_callback(lambda f: show("done"), context=contextvars.Context())
    future.add_done_callback(lambda f: show("done here"))
    future.set_result(None)
    await asyncio.sleep(3)
    print(var.get(), context[var])


asyncio.run(main())
