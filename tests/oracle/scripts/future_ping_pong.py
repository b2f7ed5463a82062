"""Two tasks hand futures to each other."""
import asyncio


async def player(name, mine, theirs):
    for turn in range(4):
        ball = await mine[turn]
        print(name, ball)
        if turn < len(theirs):
            theirs[turn].set_result(ball + 1)


async def main():
    loop = asyncio.get_running_loop()
    a = [loop.create_future() for _ in range(4)]
    b = [loop.create_future() for _ in range(4)]
    ping = asyncio.create_task(player("ping", a, b))
    pong = asyncio.create_task(player("pong", b, a[1:]))
    a[0].set_result(1)
    await ping
    await pong


asyncio.run(main())
