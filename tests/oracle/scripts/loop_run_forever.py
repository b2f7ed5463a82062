"""run_forever() until stop(), which lets the round end."""
import asyncio

loop = asyncio.new_event_loop()
log = []
loop.call_soon(log.append, "first")
loop.call_soon(loop.stop)
loop.call_soon(log.append, "same round")
loop.call_soon(lambda: loop.call_soon(log.append, "next round"))
loop.run_forever()
print(log)
loop.call_later(3, loop.stop)
loop.run_forever()
print(log, loop.time())
loop.stop()
loop.call_soon(log.append, "once")
loop.run_forever()
print(log, loop.time())
loop.close()
print(loop)
