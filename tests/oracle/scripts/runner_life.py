"""A Runner from its first run to its end."""
import asyncio, contextvars
v = contextvars.ContextVar("v", default=0)
async def main(n):
    v.set(v.get() + n)
    asyncio.create_task(asyncio.sleep(100), name="left")
    await asyncio.sleep(1)
    return v.get(), asyncio.get_running_loop().time()
with asyncio.Runner() as runner:
    print(runner.run(main(1)), runner.run(main(2)))
    print(runner.get_loop() is asyncio.get_event_loop(), [t.get_name() for t in asyncio.all_tasks(runner.get_loop())])
    ctx = contextvars.copy_context()
    print(runner.run(main(5), context=ctx), ctx[v])
    async def bad():
        try: runner.run(main(1))
        except RuntimeError as e: print(e)
    import warnings; warnings.simplefilter("ignore")
    runner.run(bad())
    try: runner.run(5)
    except ValueError as e: print(e)
    async def fails(): raise KeyError(1)
    try: runner.run(fails())
    except KeyError as e: print(repr(e))
print(v.get())
try: runner.run(main(1))
except RuntimeError as e: print(e)
try: runner.get_loop()
except RuntimeError as e: print(e)
r = asyncio.Runner(debug=True)
print(r.get_loop().get_debug(), r.get_loop().is_closed())
loop = r.get_loop(); r.close(); r.close(); print(loop.is_closed())
class Loop(asyncio.SelectorEventLoop):
    pass
with asyncio.Runner(loop_factory=Loop) as r:
    async def kind(): return type(asyncio.get_running_loop()).__name__
    print(r.run(kind()))
try: asyncio.get_event_loop()
except RuntimeError as e: print(e)
async def cancels():
    async def stay():
        try: await asyncio.sleep(10)
        finally: print("cleanup"); raise ValueError("lost")
    asyncio.create_task(stay(), name="stay")
    await asyncio.sleep(0)
asyncio.run(cancels(), debug=False)
