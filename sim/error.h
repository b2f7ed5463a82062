/* Codes of host failures: memory, limits, misuse that the caller can provoke.
 *
 * Functions that can fail return 0 or one of these (negative).  A simulated exception is never one:
 * it is a value in a future.  A bug of ours is an assert.
 */
#ifndef SIM_ERROR_H
#define SIM_ERROR_H

#define SIM_ERRORS(X)                                                                              \
    X(ENOMEM, -1, "out of memory")                                                                 \
    X(EINVAL, -2, "invalid argument")                                                              \
    X(ESTATE, -3, "the object is in the wrong state for this")                                     \
    X(EFULL, -4, "the trace is full: the budget of events is used up")                             \
    X(ETIME, -5, "the budget of virtual time is used up")                                          \
    X(EDEADLOCK, -6, "deadlock: nothing is ready and no timer is armed")                           \
    X(EGUEST, -7, "the guest asked the loop to end")                                               \
    X(EIO, -8, "reading or writing failed")                                                        \
    X(EREAL, -9, "the budget of real time is used up")                                             \
    X(EVERSION, -10, "another version of awaitscope wrote this")                                   \
    X(EMEMORY, -11, "the budget of memory is used up")

enum sim_error {
    SIM_OK = 0,
#define SIM_ERROR_ENUM(name, code, text) SIM_##name = (code),
    SIM_ERRORS(SIM_ERROR_ENUM)
#undef SIM_ERROR_ENUM
};

#define SIM_MUST_CHECK __attribute__((warn_unused_result))
/* Seldom called: code is laid out for when it is not. */
#define SIM_COLD __attribute__((cold))

/* The sentence of a code, "no error" for 0. */
const char *sim_error_text(int code);

#endif
