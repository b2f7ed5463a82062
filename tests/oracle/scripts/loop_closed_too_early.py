"""After loop.close() nobody can be told anything: who tries gets RuntimeError, and then it is as it was."""
import asyncio, gc, sys
def show(what, f, *a, **k):
    try: r = f(*a, **k); print(what, "->", type(r).__name__)
    except BaseException as e: print(what, "->", type(e).__name__, e)
async def noop(): pass
loop = asyncio.new_event_loop()
fut = loop.create_future(); fut.add_done_callback(print)
fut2 = loop.create_future()
h = loop.call_later(1, print)
async def waiter(f):
    try: await f
    finally: print("waiter finally")
t = loop.create_task(waiter(fut2))
loop.run_until_complete(asyncio.sleep(0)) if False else None
loop.call_soon(loop.stop); loop.run_forever()
loop.close()
for n, a in [("call_soon",(print,)),("call_soon_threadsafe",(print,)),("call_later",(1,print)),("call_at",(1,print)),("run_forever",()),("stop",()),("close",()),("time",()),("create_future",()),("is_running",()),("is_closed",()),("get_debug",()),("set_debug",(True,)),("set_debug",(False,))]:
    show(n, getattr(loop, n), *a)
c = noop(); show("create_task", loop.create_task, c); c.close()
c = noop(); show("run_until_complete", loop.run_until_complete, c); c.close()
c = noop(); show("ensure_future", lambda: asyncio.ensure_future(c, loop=loop)); c.close()
show("run_in_executor", loop.run_in_executor, None, print)
show("shutdown_asyncgens", lambda: loop.shutdown_asyncgens().send(None))
show("fut.set_result with callbacks", fut.set_result, 1)
print(fut.done())
show("fut2.cancel", fut2.cancel)
show("add_done_callback on done", fut.add_done_callback, print)
f3 = loop.create_future(); show("no callbacks set_result", f3.set_result, 1)
show("task.cancel", t.cancel)
print(repr(t).split(" running at ")[0])
h.cancel(); print(h)
del t; gc.collect()
q = asyncio.Queue(1)
async def getter(): await q.get()
async def putter(): await q.put(1); await q.put(2)
loop2 = asyncio.new_event_loop()
g = loop2.create_task(getter()); 
loop2.run_until_complete(asyncio.wait_for(asyncio.sleep(0), 1)) if False else loop2.run_until_complete(noop())
loop2.call_soon(loop2.stop); loop2.run_forever()
loop2.close()
show("getter.cancel", list(q._getters)[0].cancel)
show("put_nowait", q.put_nowait, 1)
del g; gc.collect()
print(q.qsize())
