# concurrent.futures without any event loop.
import time
from concurrent.futures import ThreadPoolExecutor, ProcessPoolExecutor, TimeoutError


def square(x):
    time.sleep(x)
    print(f"{time.monotonic():.1f} {x}")
    return x * x


def init(text):
    print("init", text)


with ThreadPoolExecutor(max_workers=3, initializer=init, initargs=("hello",)) as pool:
    print(list(pool.map(square, [3, 1, 2, 1, 1])))
    future = pool.submit(square, 2)
    print(future.running(), future.done())
    try:
        future.result(timeout=0.5)
    except TimeoutError:
        print(f"{time.monotonic():.1f} not yet")
    print(future.result(), time.monotonic())
    future = pool.submit(divmod, 1, 0)
    print(repr(future.exception()))
    future.add_done_callback(lambda f: print("callback", f.done()))

pool = ProcessPoolExecutor(2)
futures = [pool.submit(square, n) for n in (2, 2, 5, 5)]
print(futures[3].cancel(), futures[0].cancel())
pool.shutdown(wait=False)
print(f"{time.monotonic():.1f} not waited")
pool.shutdown()
print(f"{time.monotonic():.1f}", [f.cancelled() for f in futures])

pool = ThreadPoolExecutor(1)
futures = [pool.submit(square, 1) for _ in range(4)]
pool.shutdown(cancel_futures=True)
print(f"{time.monotonic():.1f}", [f.cancelled() for f in futures])
