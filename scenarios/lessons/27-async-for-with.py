# title: async with and async for
# about: They are with and for whose steps may wait: to open, for the next item, to close.
import asyncio
import contextlib

ROW = 0.8  # param: 0.2..2.0 step 0.2 s: how long the database takes for a row


@contextlib.asynccontextmanager
async def database():
    await asyncio.sleep(0.5)
    # caption: The database has answered; the block of async with can begin.
    print("connected")  # marker: connected
    try:
        yield "db"  # caption: Here the block under async with runs.
    finally:
        await asyncio.sleep(0.3)
        print("disconnected")  # caption: The block is left, so the connection is closed.


async def rows(connection):
    for number in range(1, 4):
        await asyncio.sleep(ROW)
        # caption: yield hands main a row; rows stops here until main asks for more.
        yield f"row {number} of {connection}"


async def main():
    # caption: async with waits until the database has answered.
    async with database() as connection:
        async for row in rows(connection):  # caption: async for waits for the next row.
            print(row)
        # caption: There are no more rows: async for is over, and the block is about to be left.
        print("that was all")  # marker: all rows


asyncio.run(main())
