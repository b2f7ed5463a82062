/* The flag sets of trace events: small enumerations, each counting from 0, and their texts.
 *
 * SIM_FLAGS_STEP(F) lists the set STEP as F(STEP, YIELD, "yield") ...; the values are
 * SIM_STEP_YIELD and so on, of type enum sim_flag_step.
 */
#ifndef SIM_TRACE_FLAGS_H
#define SIM_TRACE_FLAGS_H

/* How a run ended. */
#define SIM_FLAGS_END(F)                                                                           \
    F(END, OK, "ok")                                                                               \
    F(END, EXCEPTION, "exception")                                                                 \
    F(END, EXIT, "exit")                                                                           \
    F(END, DEADLOCK, "deadlock")                                                                   \
    F(END, MAX_EVENTS, "max_events")                                                               \
    F(END, MAX_TIME, "max_time")                                                                   \
    F(END, ERROR, "error") F(END, MAX_REAL, "max_real") F(END, MAX_MEMORY, "max_memory")
/* Why the clock moved: on to the next timer, or by a blocking call. */
#define SIM_FLAGS_CLOCK(F) F(CLOCK, IDLE, "idle") F(CLOCK, BLOCKED, "blocked")
/* Where a ready callback comes from. */
#define SIM_FLAGS_READY(F) F(READY, SOON, "soon") F(READY, DONE_CALLBACK, "done_callback")
/* What a timer is for: call_later and call_at, or a sleep. */
#define SIM_FLAGS_TIMER(F) F(TIMER, CALL, "call") F(TIMER, SLEEP, "sleep")
/* Who named a task; INTERNAL: asyncio made it, not the user. */
#define SIM_FLAGS_TASK(F)                                                                          \
    F(TASK, NAMED, "named") F(TASK, UNNAMED, "unnamed") F(TASK, INTERNAL, "internal")
/* Why a task became ready: what it awaits is done, or it awaited what it cannot. */
#define SIM_FLAGS_WAKE(F) F(WAKE, DONE, "done") F(WAKE, ERROR, "error")
/* How a coroutine is resumed. */
#define SIM_FLAGS_RESUME(F)                                                                        \
    F(RESUME, START, "start")                                                                      \
    F(RESUME, SEND, "send") F(RESUME, THROW, "throw") F(RESUME, CANCEL, "cancel")
/* How a step ended. */
#define SIM_FLAGS_STEP(F)                                                                          \
    F(STEP, YIELD, "yield")                                                                        \
    F(STEP, AWAIT, "await")                                                                        \
    F(STEP, RETURN, "return")                                                                      \
    F(STEP, RAISE, "raise") F(STEP, CANCELLED, "cancelled") F(STEP, ERROR, "error")
/* What is awaited. */
#define SIM_FLAGS_AWAIT(F)                                                                         \
    F(AWAIT, FUTURE, "future")                                                                     \
    F(AWAIT, TASK, "task")                                                                         \
    F(AWAIT, SLEEP, "sleep")                                                                       \
    F(AWAIT, GATHER, "gather")                                                                     \
    F(AWAIT, LOCK, "lock")                                                                         \
    F(AWAIT, EVENT, "event")                                                                       \
    F(AWAIT, CONDITION, "condition")                                                               \
    F(AWAIT, SEMAPHORE, "semaphore")                                                               \
    F(AWAIT, BARRIER, "barrier")                                                                   \
    F(AWAIT, QUEUE_GET, "queue_get")                                                               \
    F(AWAIT, QUEUE_PUT, "queue_put")                                                               \
    F(AWAIT, QUEUE_JOIN, "queue_join")                                                             \
    F(AWAIT, WAIT, "wait")                                                                         \
    F(AWAIT, WAIT_FOR, "wait_for")                                                                 \
    F(AWAIT, AS_COMPLETED, "as_completed")                                                         \
    F(AWAIT, SHIELD, "shield") F(AWAIT, GROUP, "group") F(AWAIT, THREAD, "thread")
/* How a future ended. */
#define SIM_FLAGS_OUTCOME(F)                                                                       \
    F(OUTCOME, RESULT, "result")                                                                   \
    F(OUTCOME, EXCEPTION, "exception") F(OUTCOME, CANCELLED, "cancelled")
/* Which combinator. */
#define SIM_FLAGS_COMBINE(F)                                                                       \
    F(COMBINE, GATHER, "gather")                                                                   \
    F(COMBINE, GATHER_RETURN_EXCEPTIONS, "gather_return_exceptions")                               \
    F(COMBINE, WAIT_FIRST_COMPLETED, "wait_first_completed")                                       \
    F(COMBINE, WAIT_FIRST_EXCEPTION, "wait_first_exception")                                       \
    F(COMBINE, WAIT_ALL_COMPLETED, "wait_all_completed")                                           \
    F(COMBINE, WAIT_FOR, "wait_for")                                                               \
    F(COMBINE, AS_COMPLETED, "as_completed")                                                       \
    F(COMBINE, SHIELD, "shield") F(COMBINE, GROUP, "group")
/* Which output. */
#define SIM_FLAGS_STREAM(F) F(STREAM, STDOUT, "stdout") F(STREAM, STDERR, "stderr")
/* How a combinator ended: as it should, by its timeout, by an exception, or cancelled. */
#define SIM_FLAGS_ENDED(F)                                                                         \
    F(ENDED, DONE, "done")                                                                         \
    F(ENDED, TIMEOUT, "timeout")                                                                   \
    F(ENDED, EXCEPTION, "exception") F(ENDED, CANCELLED, "cancelled")
/* What tasks meet at. */
#define SIM_FLAGS_OBJECT(F)                                                                        \
    F(OBJECT, LOCK, "lock")                                                                        \
    F(OBJECT, EVENT, "event")                                                                      \
    F(OBJECT, CONDITION, "condition")                                                              \
    F(OBJECT, SEMAPHORE, "semaphore")                                                              \
    F(OBJECT, BOUNDED_SEMAPHORE, "bounded_semaphore")                                              \
    F(OBJECT, BARRIER, "barrier")                                                                  \
    F(OBJECT, QUEUE, "queue")                                                                      \
    F(OBJECT, PRIORITY_QUEUE, "priority_queue") F(OBJECT, LIFO_QUEUE, "lifo_queue")
/* What a task did to such an object.  WAIT: it joined the end of a line; LEAVE: it left the line
 * with nothing (cancelled); PASS: as the last party it let all of a barrier go on. */
#define SIM_FLAGS_SYNC(F)                                                                          \
    F(SYNC, WAIT, "wait")                                                                          \
    F(SYNC, LEAVE, "leave")                                                                        \
    F(SYNC, ACQUIRE, "acquire")                                                                    \
    F(SYNC, RELEASE, "release")                                                                    \
    F(SYNC, SET, "set")                                                                            \
    F(SYNC, CLEAR, "clear")                                                                        \
    F(SYNC, NOTIFY, "notify")                                                                      \
    F(SYNC, PASS, "pass")                                                                          \
    F(SYNC, RESET, "reset")                                                                        \
    F(SYNC, ABORT, "abort")                                                                        \
    F(SYNC, PUT, "put") F(SYNC, GET, "get") F(SYNC, TASK_DONE, "task_done")
/* What became of a timeout.  LEFT: its block ended in time; RAISED: it ended by TimeoutError. */
#define SIM_FLAGS_TIMEOUT(F)                                                                       \
    F(TIMEOUT, ARMED, "armed")                                                                     \
    F(TIMEOUT, RESCHEDULED, "rescheduled")                                                         \
    F(TIMEOUT, EXPIRED, "expired") F(TIMEOUT, LEFT, "left") F(TIMEOUT, RAISED, "raised")
/* What a thread is: the script's own, or a worker of a pool of threads or processes. */
#define SIM_FLAGS_THREAD(F)                                                                        \
    F(THREAD, PLAIN, "plain") F(THREAD, POOL, "pool") F(THREAD, PROCESS, "process")
/* What keeps a thread busy: a blocking call, or a line that computes for so long. */
#define SIM_FLAGS_BLOCK(F) F(BLOCK, CALL, "call") F(BLOCK, COMPUTE, "compute")
/* Why a thread runs: it was started, its sleep is over, it was given what it waited for, or it has
 * waited long enough. */
#define SIM_FLAGS_BATON(F)                                                                         \
    F(BATON, START, "start")                                                                       \
    F(BATON, SLEPT, "slept") F(BATON, GRANTED, "granted") F(BATON, TIMEOUT, "timeout")

#define SIM_FLAG_SETS(S)                                                                           \
    S(end, END)                                                                                    \
    S(clock, CLOCK)                                                                                \
    S(ready, READY)                                                                                \
    S(timer, TIMER)                                                                                \
    S(task, TASK)                                                                                  \
    S(wake, WAKE)                                                                                  \
    S(resume, RESUME)                                                                              \
    S(step, STEP)                                                                                  \
    S(await, AWAIT)                                                                                \
    S(outcome, OUTCOME)                                                                            \
    S(combine, COMBINE)                                                                            \
    S(stream, STREAM)                                                                              \
    S(ended, ENDED)                                                                                \
    S(object, OBJECT)                                                                              \
    S(sync, SYNC) S(timeout, TIMEOUT) S(thread, THREAD) S(block, BLOCK) S(baton, BATON)

#define SIM_FLAG_ENUM(set, name, text) SIM_##set##_##name,
#define SIM_FLAG_SET_ENUM(lower, set) enum sim_flag_##lower{SIM_FLAGS_##set(SIM_FLAG_ENUM)};
SIM_FLAG_SETS(SIM_FLAG_SET_ENUM)
#undef SIM_FLAG_SET_ENUM
#undef SIM_FLAG_ENUM

#endif
