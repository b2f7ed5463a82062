"""What a loop that was never closed still held dies with the script: each finally block runs."""
import asyncio
async def w(name, n):
    try:
        await asyncio.sleep(n)
    finally:
        print("bye", name)
class C:
    def __init__(s, n): s.n = n
    def __del__(s): print("del", s.n)
async def main():
    global a, b, keep
    a = asyncio.create_task(w("a", 10)); b = asyncio.create_task(w("b", 5)); keep = C("keep")
    await asyncio.sleep(0)
loop = asyncio.new_event_loop()
loop.run_until_complete(main())

def gen():
    try: yield 1
    finally: print("gen bye")
g = gen(); next(g)
async def ag():
    try:
        yield 1
    finally:
        print("ag bye")
y = ag()
loop.run_until_complete(y.asend(None))
print("end")
