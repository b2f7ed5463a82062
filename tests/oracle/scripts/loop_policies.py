"""Which loop is the current one."""
import asyncio


class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        print("a new loop")
        return super().new_event_loop()


async def main():
    return asyncio.get_running_loop() is asyncio.get_event_loop()


asyncio.set_event_loop_policy(Policy())
print(asyncio.run(main()), type(asyncio.get_event_loop_policy()).__name__)
try:
    asyncio.get_event_loop()
except RuntimeError as error:
    print(error)
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(asyncio.get_event_loop() is loop)
loop.close()
asyncio.set_event_loop_policy(None)
print(type(asyncio.get_event_loop_policy()).__name__)
