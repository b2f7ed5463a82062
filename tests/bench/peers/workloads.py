"""workloads.py WORKLOAD TASKS ROUNDS: the workloads of bench_peers.py as an asyncio script.

Prints how many events it counted.  The workload "nothing" is what starting a script costs.
"""
import asyncio
import random
import sys

WORKLOAD, TASKS, ROUNDS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


async def yield_often():
    for _ in range(ROUNDS):
        await asyncio.sleep(0)
    return ROUNDS


async def sleep_often(rounds):
    for _ in range(rounds):
        await asyncio.sleep(0.001 + random.random())
    return rounds


async def time_out(number):
    try:
        await asyncio.wait_for(sleep_often(100), 0.001 + number % 1000 * 1e-9)
    except TimeoutError:
        return 1


async def put_all(queue):
    for item in range(ROUNDS):
        await queue.put(item)
    return 0


async def get_all(queue):
    for _ in range(ROUNDS):
        await queue.get()
    return ROUNDS


def tasks():
    if WORKLOAD == "yield":
        return [yield_often() for _ in range(TASKS)]
    if WORKLOAD in ("timers", "gather"):
        return [sleep_often(ROUNDS) for _ in range(TASKS)]
    if WORKLOAD == "wait_for":
        return [time_out(number) for number in range(TASKS)]
    if WORKLOAD == "queue":
        queue = asyncio.Queue(16)
        return [put_all(queue), get_all(queue)]
    return []


async def main():
    print(sum(await asyncio.gather(*tasks())))


asyncio.run(main())
