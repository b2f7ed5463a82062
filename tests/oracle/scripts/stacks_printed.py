"""print_stack() writes its headings to stdout and the rest to stderr, unless there is a file."""
import asyncio
import contextlib
import io


async def inner():
    await asyncio.sleep(1)
    raise ValueError("too late")


async def outer():
    await inner()


def show(task, **options):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        task.print_stack(**options)
    for name, file in ("stdout", out), ("stderr", err):
        print(name, file.getvalue().replace(__file__, "FILE"))


async def main():
    task = asyncio.create_task(outer(), name="task")
    show(task)
    await asyncio.sleep(0)
    show(task)
    file = io.StringIO()
    task.print_stack(limit=1, file=file)
    print(file.getvalue().replace(__file__, "FILE"))
    await asyncio.wait([task])
    show(task, limit=0)
    quiet = asyncio.create_task(asyncio.sleep(0, 5))
    await quiet
    show(quiet)


asyncio.run(main())
