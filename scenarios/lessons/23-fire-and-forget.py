# title: Fire and forget, and lost
# about: When main returns, asyncio.run cancels every task that is still there.
import asyncio

MAIN = 1.0  # param: 0.5..4.0 step 0.5 s: how long main goes on


async def send(mail):
    try:
        await asyncio.sleep(2.25)
        print(f"send: {mail} is sent")
    except asyncio.CancelledError:  # caption: asyncio.run cancels what nobody waited for.
        print(f"send: {mail} is lost")
        raise


async def main():
    # caption: Nobody keeps this task, and nobody waits for it.
    asyncio.create_task(send("the invitation"))  # marker: fire and forget
    await asyncio.sleep(MAIN)
    # caption: main is about to return, and asyncio.run to clear up.
    print("main: returns")  # marker: main returns


asyncio.run(main())
