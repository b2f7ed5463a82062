# title: shield keeps a cancellation out
# about: A cancel reaches the shield and stops there; the task behind it goes on.
import asyncio

LIMIT = 1.0  # param: 0.5..5.0 step 0.5 s: how long main is patient


async def save():
    print("save: begins")
    await asyncio.sleep(2.75)
    print("save: all is written")  # caption: save gets to its end, however little patience main has.
    return "42 rows"


async def main():
    saving = asyncio.create_task(save())
    try:
        # caption: wait_for would cancel save when time is up; it can only cancel the shield.
        await asyncio.wait_for(asyncio.shield(saving), LIMIT)
    except TimeoutError:
        # caption: main gave up on the shield; save knows nothing of it, and goes on.
        print("main: no more patience")  # marker: timeout
    print(f"saving is cancelled: {saving.cancelled()}")
    rows = await saving
    # caption: save was not cancelled, and its result is whole.
    print(f"main: {rows}")  # marker: saved


asyncio.run(main())
