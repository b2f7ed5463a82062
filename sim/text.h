/* Text into a buffer of the caller's: what does not fit is counted all the same. */
#ifndef SIM_TEXT_H
#define SIM_TEXT_H

#include <stddef.h>

struct sim_text {
    char *at; /* may be NULL if size is 0 */
    size_t size;
    size_t length; /* of the whole so far, without the NUL */
};

/* Appends as printf does. */
__attribute__((format(printf, 2, 3))) void sim_text_put(struct sim_text *text, const char *format,
                                                        ...);

#endif
