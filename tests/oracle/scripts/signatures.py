"""What inspect says of asyncio's functions and classes."""
import asyncio
import inspect
import threading

FUNCTIONS = """all_tasks as_completed create_task current_task ensure_future gather get_event_loop
    get_running_loop iscoroutine iscoroutinefunction isfuture new_event_loop run set_event_loop shield
    sleep to_thread wait wait_for""".split()
CLASSES = """Barrier BoundedSemaphore Condition Event Future LifoQueue Lock PriorityQueue Queue Runner
    Semaphore Task TaskGroup""".split()
FOREIGN = """getaddrinfo getnameinfo create_connection create_unix_connection create_unix_server
    create_datagram_endpoint connect_accepted_socket sendfile start_tls sock_recv sock_recv_into
    sock_recvfrom sock_recvfrom_into sock_sendall sock_sendto sock_connect sock_accept sock_sendfile
    add_reader remove_reader add_writer remove_writer connect_read_pipe connect_write_pipe
    subprocess_exec subprocess_shell add_signal_handler remove_signal_handler""".split()
KEPT = """connect_accepted_socket sendfile start_tls sock_recvfrom sock_recvfrom_into sock_sendto
    sock_sendfile remove_reader remove_writer add_signal_handler remove_signal_handler""".split()
LOOP = """call_at call_exception_handler call_later call_soon call_soon_threadsafe close create_future
    create_task default_exception_handler get_debug get_exception_handler get_task_factory is_closed
    is_running run_forever run_in_executor run_until_complete set_debug set_default_executor
    set_exception_handler set_task_factory shutdown_asyncgens shutdown_default_executor stop time""".split()


def show(name, function):
    kinds = inspect.iscoroutinefunction(function), asyncio.iscoroutinefunction(function)
    try:
        print(f"{name}{inspect.signature(function)}", *kinds)
    except ValueError:  # CPython itself has some that cannot be told
        print(name, *kinds)


for name in FUNCTIONS:
    show(name, getattr(asyncio, name))
for name in CLASSES:
    if name != "Task":  # the oracle has one of its own
        show(name, getattr(asyncio, name))


async def main():
    arguments = {"Barrier": (2,), "Task": (asyncio.sleep(0),)}
    for name in CLASSES:
        made = getattr(asyncio, name)(*arguments.get(name, ()))
        for method in sorted(dir(made)):
            if not method.startswith("_") and inspect.isroutine(getattr(made, method)):
                show(f"{name}.{method}", getattr(made, method))


asyncio.run(main())
loop = asyncio.new_event_loop()
for name in LOOP:
    show(f"loop.{name}", getattr(loop, name))
loop.close()
for name in FOREIGN:
    if name in KEPT:
        show(f"SelectorEventLoop.{name}", getattr(asyncio.SelectorEventLoop, name))
for name in LOOP + FOREIGN:
    show(f"AbstractEventLoop.{name}", getattr(asyncio.AbstractEventLoop, name))
print(inspect.iscoroutinefunction(threading.Lock().acquire), inspect.iscoroutinefunction(asyncio.Lock().acquire))
