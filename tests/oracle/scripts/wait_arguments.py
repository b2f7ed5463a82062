"""What wait() takes, refuses and gives back."""
import asyncio
async def op(n, d, fail=False):
    await asyncio.sleep(d)
    if fail:
        raise ValueError(n)
    return n
async def main():
    loop = asyncio.get_running_loop()
    ts = [asyncio.create_task(op(i, d), name=f"t{i}") for i, d in enumerate([1, 3, 2])]
    done, pending = await asyncio.wait(ts, timeout=1.5)
    print(loop.time(), [t.get_name() for t in done], [t.get_name() for t in pending])
    done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
    print(loop.time(), [t.get_name() for t in done], [t.get_name() for t in pending])
    done, pending = await asyncio.wait(pending)
    print(loop.time(), [t.get_name() for t in done], pending)
    ts = [asyncio.create_task(op(i, i + 1, i == 1)) for i in range(4)]
    done, pending = await asyncio.wait(ts, return_when=asyncio.FIRST_EXCEPTION)
    print(loop.time(), len(done), len(pending))
    for args, kw in (((), {}), (([],), {}), ((ts[0],), {}), (([op(1, 1)],), {}), ((ts,), {"return_when": "x"}), (([5],), {}), ((ts, 1), {}), ((ts,), {"timeout": "x"}), ((5,), {}), ((iter(()),), {})):
        try:
            print(await asyncio.wait(*args, **kw))
        except Exception as e:
            print(type(e).__name__, e)
    print(await asyncio.wait(ts + ts) and len(done))
    w = asyncio.create_task(asyncio.wait([asyncio.create_task(op(1, 5))]))
    await asyncio.sleep(1)
    print(w.get_coro().__qualname__, w.get_coro().__name__)
    w.cancel("enough")
    try:
        await w
    except asyncio.CancelledError as e:
        print("cancelled", e.args, loop.time())
    done, pending = await asyncio.wait({asyncio.create_task(op(i, 1)) for i in range(20)})
    print([t.result() for t in done])
asyncio.run(main())
