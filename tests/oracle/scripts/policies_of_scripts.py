"""Policies that a script makes are asked for loops."""
import asyncio
class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        print("new loop")
        return super().new_event_loop()
    def set_event_loop(self, loop):
        print("set", type(loop).__name__)
        super().set_event_loop(loop)
    def get_event_loop(self):
        print("get")
        return super().get_event_loop()
print(type(asyncio.get_event_loop_policy()).__name__, isinstance(asyncio.get_event_loop_policy(), asyncio.AbstractEventLoopPolicy))
print(asyncio.get_event_loop_policy() is asyncio.get_event_loop_policy())
asyncio.set_event_loop_policy(Policy())
async def main():
    print(asyncio.get_event_loop() is asyncio.get_running_loop())
asyncio.run(main())
try: asyncio.get_event_loop()
except RuntimeError as e: print(e)
loop = asyncio.new_event_loop(); asyncio.set_event_loop(loop)
print(asyncio.get_event_loop() is loop)
f = asyncio.Future()
print(f.get_loop() is loop)
asyncio.set_event_loop_policy(None)
print(type(asyncio.get_event_loop_policy()).__name__)
for bad in (5, "x"):
    try: asyncio.set_event_loop_policy(bad)
    except TypeError as e: print(e)
    try: asyncio.set_event_loop(bad)
    except TypeError as e: print(e)
p = asyncio.AbstractEventLoopPolicy()
for m in ("get_event_loop", "new_event_loop"):
    try: getattr(p, m)()
    except NotImplementedError as e: print("not implemented", e)
class Bad(asyncio.AbstractEventLoopPolicy): pass
asyncio.set_event_loop_policy(Bad())
try: asyncio.new_event_loop()
except NotImplementedError: print("bad")
c = main()
try: asyncio.run(c)
except NotImplementedError: print("bad run")
c.close()
asyncio.set_event_loop_policy(None)
loop.close()
asyncio.run(main())
a = asyncio.AbstractEventLoop()
for name in ("run_forever", "time", "close", "call_soon", "create_task", "get_debug", "add_reader"):
    try: getattr(a, name)(*([None] if name in ("call_soon", "create_task") else [None, None] if name == "add_reader" else []))
    except NotImplementedError as e: print(name, repr(e))
