"""print_stack() writes its headings to stdout, unless there is a file."""
import asyncio
import io


async def inner():
    await asyncio.sleep(1)
    raise ValueError("too late")


async def outer():
    await inner()


async def main():
    task = asyncio.create_task(outer(), name="task")
    task.print_stack()
    await asyncio.sleep(0)
    task.print_stack()
    file = io.StringIO()
    task.print_stack(limit=1, file=file)
    print(file.getvalue())
    await asyncio.wait([task])
    task.print_stack(limit=0)
    quiet = asyncio.create_task(asyncio.sleep(0, 5))
    await quiet
    quiet.print_stack()


asyncio.run(main())
