async def main():
    global LOOP
    LOOP = asyncio.get_running_loop()
    T.append(asyncio.current_task())
    LOOP.call_later(60, give_up, 4)
    try:
        await root()
    finally:
        log([state(task) for task in T])

asyncio.run(main())
