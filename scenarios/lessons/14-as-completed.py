# title: as_completed: first done, first served
# about: as_completed gives results in the order in which they arrive, not in which they were asked for.
import asyncio

ANN = 3.0  # param: 0.5..5.0 step 0.5 s: how long Ann needs


async def reply(name, seconds):
    await asyncio.sleep(seconds)
    # caption: A reply goes to main without waiting for the others.
    return f"{name} replies after {seconds:.1f} s"  # marker: a reply


async def main():
    # caption: Three coroutines; none of them begins before as_completed gives each a task.
    replies = [reply("Ann", ANN), reply("Bob", 1.2), reply("Cem", 2.2)]
    for earliest in asyncio.as_completed(replies):
        print(await earliest)  # caption: main waits for whichever is done next.
    # caption: main printed each reply as soon as it came, whoever was asked first.
    print("everybody has replied")  # marker: the end


asyncio.run(main())
