"""The bases of locks and queues, and classes of the script that derive from these."""
import asyncio, weakref
import asyncio.locks, asyncio.mixins, asyncio.coroutines
for c in asyncio.Lock, asyncio.Event, asyncio.Condition, asyncio.Semaphore, asyncio.BoundedSemaphore, asyncio.Barrier, asyncio.Queue, asyncio.PriorityQueue:
    print([f"{b.__module__}.{b.__qualname__}" for b in c.__mro__])
print(asyncio.locks.__all__, asyncio.mixins._LoopBoundMixin, asyncio.locks._ContextManagerMixin)
print(hasattr(asyncio, "_is_coroutine"), hasattr(asyncio.coroutines, "_is_coroutine"), hasattr(asyncio, "_LoopBoundMixin"), asyncio.iscoroutinefunction(asyncio), asyncio.iscoroutinefunction(asyncio.coroutines))
class Gate(asyncio.locks._ContextManagerMixin, asyncio.mixins._LoopBoundMixin):
    def __init__(self): self.n = 0
    async def acquire(self):
        self.loop = self._get_loop()
        self.n += 1
        await asyncio.sleep(0)
        return True
    def release(self): self.n -= 1
    def __repr__(self): return "<Gate>"
class Latch(asyncio.mixins._LoopBoundMixin):
    pass
async def main():
    g = Gate()
    print(g._loop, weakref.ref(g)() is g)
    async with g as x:
        print(x, g.n, g._loop is asyncio.get_running_loop() is g.loop)
    print(g.n)
    l = asyncio.Lock()
    print(isinstance(l, asyncio.mixins._LoopBoundMixin), isinstance(l, asyncio.locks._ContextManagerMixin), l._loop, asyncio.Lock._loop)
    print(l._get_loop() is asyncio.get_running_loop(), l._loop is asyncio.get_running_loop())
    async with l: print(l.locked())
    try: asyncio.Queue().__aenter__
    except AttributeError as e: print(e)
    la = Latch(); la._get_loop(); la.x = 1; print(sorted(vars(la)), Latch._loop)
    return g
g = asyncio.run(main())
async def other():
    try:
        async with g: pass
    except RuntimeError as e: print(e)
asyncio.run(other())
try: print(g._get_loop())
except RuntimeError as e: print(e)
class MyLock(asyncio.Lock):
    async def acquire(self):
        print("mine")
        return await super().acquire()
class MyCond(asyncio.Condition): pass
class MySem(asyncio.BoundedSemaphore):
    def release(self): print("rel"); super().release()
async def third():
    async with MyLock() as x, MyCond() as y, MySem() as z: print(x, y, z)
asyncio.run(third())
print(asyncio.mixins._LoopBoundMixin._loop, asyncio.mixins._LoopBoundMixin()._loop)
for each in asyncio.Lock(), asyncio.Condition(), asyncio.Semaphore(), asyncio.Barrier(1), asyncio.Event():
    each.note = 1
    print(vars(each)["note"], weakref.ref(each)() is each)
