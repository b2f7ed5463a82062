# title: Producer, queue, consumer
# about: A bounded queue makes a fast producer wait for a slow consumer: backpressure.
import asyncio

SIZE = 2  # param: 1..5 step 1: how many plates fit on the counter


async def cook(counter):
    for plate in range(1, 6):
        await asyncio.sleep(0.5)
        await counter.put(plate)  # caption: If the counter is full, the cook waits here.
        print(f"cook: plate {plate} is on the counter")
    await counter.put(None)
    # caption: The cook is done, and need not wait for the waiter.
    print("cook: that was all")  # marker: the cook is done


async def waiter(counter):
    # caption: If the counter is empty, the waiter waits here.
    while plate := await counter.get():
        print(f"waiter: takes plate {plate}")
        await asyncio.sleep(1.3)  # caption: Serving takes longer than cooking.
    # caption: None says that no plate follows, so the waiter's loop ended.
    print("waiter: goes home")  # marker: the waiter is done


async def main():
    counter = asyncio.Queue(maxsize=SIZE)
    await asyncio.gather(cook(counter), waiter(counter))


asyncio.run(main())
