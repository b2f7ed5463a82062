# Event, Condition, Barrier and Timer, waited for with and without a limit.
import threading
import time


def say(*words):
    print(f"{time.monotonic():.2f}", threading.current_thread().name, *words)


def run(function, *names):
    threads = [threading.Thread(target=function, name=name) for name in names]
    for thread in threads:
        thread.start()
    return threads


def join(threads):
    for thread in threads:
        thread.join()


def waits():
    say(event.wait(0.25))
    say(event.wait())


event = threading.Event()
threads = run(waits, "a", "b")
time.sleep(1)
event.set()
say("sets it")
join(threads)


def takes():
    with condition:
        condition.wait_for(lambda: items)
        say("takes", items.pop(0))


condition, items = threading.Condition(), []
threads = run(takes, "c", "d")
for item in "xy":
    time.sleep(0.5)
    with condition:
        items.append(item)
        condition.notify()
join(threads)


def meets():
    time.sleep(ord(threading.current_thread().name) - ord("e"))
    say(barrier.wait())


barrier = threading.Barrier(3)
join(run(meets, "e", "f", "g"))

timers = [threading.Timer(1.5, say, args=[word]) for word in ("rings", "never")]
for timer in timers:
    timer.name = "timer"
    timer.start()
timers[1].cancel()
say("main is over")
