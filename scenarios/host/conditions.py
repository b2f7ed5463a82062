"""asyncio.Condition on a lock that is not plainly asyncio's: on anything with acquire(), release()
and locked(), which are called as asyncio calls them.

Run as a module when a script first makes such a condition.
"""
import asyncio
import collections


class Condition:
    """Methods that the real class hands on to; `waiters` is the deque of those who wait."""

    async def wait(self, waiters):
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        self.release()
        try:
            waiter = asyncio.get_running_loop().create_future()
            waiters.append(waiter)
            try:
                await waiter
                return True
            finally:
                waiters.remove(waiter)
        finally:
            interrupted = False
            while True:  # the lock is taken again even by who is cancelled
                try:
                    await self.acquire()
                except asyncio.CancelledError:
                    interrupted = True
                else:
                    break
            if interrupted:
                raise asyncio.CancelledError

    async def wait_for(self, predicate):
        while not (answer := predicate()):
            await self.wait()
        return answer

    def notify(self, waiters, most):
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        for waiter in waiters:
            if most <= 0:
                break
            if not waiter.done():
                waiter.set_result(False)
                most -= 1


wait, wait_for, notify = Condition.wait, Condition.wait_for, Condition.notify
new_waiters = collections.deque
